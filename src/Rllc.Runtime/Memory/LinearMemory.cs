using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc;

/// <summary>
/// A linear memory (B, a) with k units: from one gradient g to the next its n×k contents M become MB + gaᵀ
/// (arXiv 2402.15262, section 3). Everything but B and a is computed when it is first asked for.
/// </summary>
public sealed class LinearMemory
{
    private readonly Lazy<ImmutableArray<Propagator>> _blocks;
    private readonly Lazy<double> _spectralRadius;
    private readonly Lazy<SquareMatrix> _S;
    private readonly Lazy<double> _conditionNumber;

    /// <summary>Any linear memory; its units are called unit_1, unit_2, …</summary>
    /// <param name="B">The propagation matrix, k×k.</param>
    /// <param name="a">The input vector, of k entries.</param>
    /// <exception cref="ArgumentException">The sizes differ, or an entry is not finite.</exception>
    public LinearMemory(SquareMatrix B, ImmutableArray<double> a)
        : this(B, a, blocks: null)
    {
    }

    private LinearMemory(
        SquareMatrix B,
        ImmutableArray<double> a,
        Func<ImmutableArray<Propagator>>? blocks,
        Func<double>? spectralRadius = null,
        Func<SquareMatrix>? S = null)
    {
        if (a.Length != B.Size)
            throw new ArgumentException($"a has {a.Length} entries where B has {B.Size} rows.", nameof(a));
        if (a.Concat(B.ToRowMajor()).Any(entry => double.IsNaN(entry) || double.IsInfinity(entry)))
            throw new ArgumentException("B and a must be finite.");

        (this.B, this.a) = (B, a);
        _blocks = new(blocks ?? (() => ImmutableArray<Propagator>.Empty));
        _spectralRadius = new(spectralRadius ?? (() =>
            HasJordanForm ? JordanForm.SpectralRadius(Blocks) : Stationary.SpectralRadius(B)));
        _S = new(S ?? (() => Stationary.Gram(SpectralRadius < Stationary.Marginal ? B : 0.999 / SpectralRadius * B, a)));
        _conditionNumber = new(ComputeConditionNumber);
    }

    /// <summary>The memory of some propagators, united in order; they need not be a valid spec.</summary>
    /// <param name="blocks">The blocks, at least one.</param>
    internal static LinearMemory FromPropagators(ImmutableArray<Propagator> blocks) =>
        new(JordanForm.Matrix(blocks), JordanForm.Input(blocks), () => blocks);

    /// <summary>k, the number of memory units: floats of state per parameter.</summary>
    public int UnitCount => B.Size;

    /// <summary>The propagation matrix, k×k.</summary>
    public SquareMatrix B { get; }

    /// <summary>The input vector, of k entries.</summary>
    public ImmutableArray<double> a { get; }

    /// <summary>
    /// The solution of S = BᵀSB + aaᵀ: the shape of the Gram matrix MᵀM that white gradients lead to. Where the spectral
    /// radius is 1 or above, to within 1e-9, there is none; S is then that of B scaled to the spectral radius 0.999.
    /// </summary>
    public SquareMatrix S => _S.Value;

    /// <summary>ρ(B): the memory forgets if it is below 1.</summary>
    public double SpectralRadius => _spectralRadius.Value;

    /// <summary>
    /// Whether the units are linearly independent for some gradients, as a law needs them: a, Bᵀa, (Bᵀ)²a, … span all k
    /// dimensions. Exact for propagators, otherwise to within rounding.
    /// </summary>
    public bool IsControllable => HasJordanForm ? JordanForm.IsControllable(Blocks) : ConditionNumber < 1e14;

    /// <summary>cond₂(S): how close the units come to doing the same. 1 is best; infinite where S is singular.</summary>
    public double ConditionNumber => _conditionNumber.Value;

    private ImmutableArray<Propagator> Blocks => _blocks.Value;

    private bool HasJordanForm => !Blocks.IsEmpty;

    /// <summary>The weight of the gradient of <paramref name="lag"/> steps ago in a unit: (aᵀB^lag)ᵢ.</summary>
    /// <param name="unit">i, counted from 0.</param>
    /// <param name="lag">0 for the newest gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit, or the lag is negative.</exception>
    public double AbstractRule(int unit, int lag)
    {
        if ((uint)unit >= (uint)UnitCount)
            throw new ArgumentOutOfRangeException(nameof(unit));
        if (lag < 0)
            throw new ArgumentOutOfRangeException(nameof(lag));
        return HasJordanForm ? JordanForm.AbstractRule(Blocks, unit, lag) : (a * B.Power(lag))[unit];
    }

    private double ComputeConditionNumber()
    {
        var (eigenvalues, vectors) = (S.ToRowMajor(), new double[UnitCount * UnitCount]);
        SymmetricEigen.Diagonalize(UnitCount, eigenvalues, vectors);
        var (smallest, largest) = (double.PositiveInfinity, 0.0);
        for (var i = 0; i < UnitCount; i++)
        {
            smallest = Math.Min(smallest, eigenvalues[i * UnitCount + i]);
            largest = Math.Max(largest, eigenvalues[i * UnitCount + i]);
        }

        return smallest > 0 ? largest / smallest : double.PositiveInfinity;
    }
}
