using System.Collections.Immutable;
using System.ComponentModel;
using Rllc.Spec;

namespace Rllc;

/// <summary>
/// A linear memory (B, a) with k units: from one gradient g to the next its n×k contents M become MB + gaᵀ
/// (arXiv 2402.15262). Everything but B and a is computed when it is first asked for.
/// </summary>
public sealed class LinearMemory : MemoryRule
{
    private readonly Lazy<PropagatorSpec?> _spec;
    private readonly Lazy<ImmutableArray<Propagator>> _blocks;
    private readonly Lazy<double> _spectralRadius;
    private readonly Lazy<SquareMatrix> _S;
    private readonly Lazy<double> _conditionNumber;
    private readonly Lazy<ImmutableArray<MemoryUnit>> _units;
    private readonly Lazy<MemoryCost> _cost;

    /// <summary>Any linear memory; its units are called unit_1, unit_2, …</summary>
    /// <param name="B">The propagation matrix, k×k.</param>
    /// <param name="a">The input vector, of k entries.</param>
    /// <exception cref="ArgumentException">The sizes differ, or an entry is not finite.</exception>
    public LinearMemory(SquareMatrix B, ImmutableArray<double> a)
        : this(B, a, spec: null)
    {
    }

    private LinearMemory(
        SquareMatrix B,
        ImmutableArray<double> a,
        Func<PropagatorSpec?>? spec = null,
        Func<ImmutableArray<Propagator>>? blocks = null,
        Func<double>? spectralRadius = null,
        Func<SquareMatrix>? S = null)
    {
        if (a.IsDefault || a.Length != B.Size)
            throw new ArgumentException($"a must have {B.Size} entries, one for each row of B.", nameof(a));
        if (a.Concat(B.ToRowMajor()).Any(entry => double.IsNaN(entry) || double.IsInfinity(entry)))
            throw new ArgumentException("B and a must be finite.");

        (this.B, this.a) = (B, a);
        _spec = new(spec ?? (() => null));
        _blocks = new(blocks ?? (() => Spec?.Propagators ?? ImmutableArray<Propagator>.Empty));
        _spectralRadius = new(spectralRadius ?? (() =>
            HasJordanForm ? JordanForm.SpectralRadius(Blocks) : Stationary.SpectralRadius(B)));
        _S = new(S ?? (() => Stationary.Gram(SpectralRadius < Stationary.Marginal ? B : 0.999 / SpectralRadius * B, a)));
        _conditionNumber = new(() => Stationary.ConditionNumber(this.S));
        _units = new(() => ImmutableArray.CreateRange(ComputeUnits()));
        _cost = new(() => MemoryCost.Of(this));
    }

    /// <summary>The memory that a spec describes; its units have the spec's names.</summary>
    /// <param name="spec">The spec.</param>
    public static LinearMemory FromSpec(PropagatorSpec spec) =>
        new(JordanForm.Matrix(spec.Propagators), JordanForm.Input(spec.Propagators), () => spec);

    /// <summary>The memory that a text in the spec language describes, as in <c>LinearMemory.Parse("M(0.9) ⊕ M(0)")</c>.</summary>
    /// <param name="specs">One or more texts, united in order.</param>
    /// <exception cref="SpecException">The texts have errors; the message shows where.</exception>
    public static LinearMemory Parse(params string[] specs) => FromSpec(PropagatorSpec.Parse(specs));

    /// <summary>A memory whose constants were computed when it was compiled. The spec is read only when something needs it.</summary>
    /// <param name="spec">The spec that the constants are of.</param>
    /// <param name="B">B, row by row.</param>
    /// <param name="a">a.</param>
    /// <param name="S">S, row by row.</param>
    /// <exception cref="ArgumentException">The sizes do not go together.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LinearMemory FromConstants(string spec, ReadOnlySpan<double> B, ReadOnlySpan<double> a, ReadOnlySpan<double> S)
    {
        var stationary = SquareMatrix.FromRowMajor(a.Length, S);
        return new(
            SquareMatrix.FromRowMajor(a.Length, B),
            ImmutableArray.Create(a.ToArray()),
            () => PropagatorSpec.Parse(spec),
            S: () => stationary);
    }

    /// <summary>The memory of some propagators, united in order; they need not be a valid spec.</summary>
    /// <param name="blocks">The blocks, at least one.</param>
    internal static LinearMemory FromPropagators(ImmutableArray<Propagator> blocks) =>
        new(JordanForm.Matrix(blocks), JordanForm.Input(blocks), blocks: () => blocks);

    /// <summary>The spec that the memory was made from; null for any other memory.</summary>
    public PropagatorSpec? Spec => _spec.Value;

    /// <summary>k, the number of memory units: floats of state per parameter.</summary>
    public override int UnitCount => B.Size;

    /// <inheritdoc/>
    public override ImmutableArray<string> UnitNames => ImmutableArray.CreateRange(Units, unit => unit.Name);

    /// <inheritdoc/>
    internal override ImmutableArray<string> StateNames => UnitNames;

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
    public bool IsControllable => HasJordanForm ? JordanForm.IsControllable(Blocks) : Stationary.IsDefinite(S);

    /// <summary>cond₂(S): how close the units come to doing the same. 1 is best; infinite where S is singular.</summary>
    public double ConditionNumber => _conditionNumber.Value;

    /// <summary>The units in order, each with what it remembers.</summary>
    public ImmutableArray<MemoryUnit> Units => _units.Value;

    /// <summary>What the memory costs per parameter.</summary>
    public MemoryCost Cost => _cost.Value;

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

    /// <summary>The same memory in another basis, (Q⁻¹BQ, Qᵀa): its contents are MQ, its law Q⁻¹L.</summary>
    /// <param name="Q">An invertible k×k matrix.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="InvalidOperationException">Q is singular.</exception>
    public LinearMemory InBasis(SquareMatrix Q) =>
        new(Q.Inverse() * B * Q, a * Q, spectralRadius: () => SpectralRadius, S: () => Q.Transpose() * S * Q);

    /// <summary>
    /// The memory with every entry of B and a rounded to float32, which is what a float32 kernel uses. S, needed for its shape
    /// alone, stays that of the entries as written.
    /// </summary>
    public LinearMemory RoundedToSingle() =>
        new(
            B.Map(entry => (float)entry),
            ImmutableArray.CreateRange(a, entry => (double)(float)entry),
            () => Spec,
            () => ImmutableArray.CreateRange(Blocks, block => block with { Real = (float)block.Real, Imaginary = (float)block.Imaginary }),
            S: () => S);

    /// <summary>A report: B and a unit by unit, what each remembers, how far the units are apart, what a step costs.</summary>
    public override string ToString() => MemoryReport.Print(this, Spec?.ToString() ?? "linear memory");

    private IEnumerable<MemoryUnit> ComputeUnits()
    {
        var names = Spec?.UnitNames ?? ImmutableArray.CreateRange(Enumerable.Range(1, UnitCount).Select(unit => $"unit_{unit}"));
        if (!HasJordanForm)
            return MemoryUnit.Of(this, 0, names);

        var first = 0;
        return Blocks.SelectMany((block, index) =>
        {
            first += block.UnitCount;
            return MemoryUnit.Of(FromPropagators(ImmutableArray.Create(block)), index, ImmutableArray.Create(names, first - block.UnitCount, block.UnitCount));
        });
    }
}
