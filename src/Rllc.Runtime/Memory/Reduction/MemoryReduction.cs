using System.Collections.Immutable;
using System.Numerics;
using Rllc.Spec;

namespace Rllc;

/// <summary>
/// A memory (B, a) as a sum of propagators (arXiv 2402.15262, theorem 5.3): the real Jordan form (J, e) of what can be reached from
/// a. With k units given and r in the sum, Q⁺ is r×k and Q, its pseudo-inverse, k×r:
/// <code>
/// Q⁺B = JQ⁺,  aᵀ = eᵀQ⁺,  Q⁺Q = I:    M_given = M·Q⁺,  M = M_given·Q,  L = Q⁺·L_given
/// </code>
/// so that M·L = M_given·L_given in every step. Where r = k, Q⁺ is Q⁻¹, J = Q⁻¹BQ and e = Qᵀa. Otherwise many laws of the given units
/// take the same steps, and L_given = Q·L is the shortest of them.
/// </summary>
internal sealed class MemoryReduction
{
    /// <summary>A unit whose part in the given ones is less than this, against that of all units, is rounding: it is not meant.</summary>
    private const double Negligible = 1e-11;

    private MemoryReduction(
        ImmutableArray<Propagator> blocks,
        ImmutableArray<ImmutableArray<double>> Q,
        ImmutableArray<ImmutableArray<double>> pseudoInverse,
        ImmutableArray<Complex> dropped,
        ImmutableArray<NearlyEqual> nearlyEqual) =>
        (Blocks, this.Q, PseudoInverse, DroppedEigenvalues, NearlyEqual) = (blocks, Q, pseudoInverse, dropped, nearlyEqual);

    /// <summary>The propagators, the slowest first; real ones before complex ones of one absolute value.</summary>
    public ImmutableArray<Propagator> Blocks { get; }

    /// <summary>Their sum in the spec language.</summary>
    public string Spec => SpecPrinter.Print(Blocks);

    /// <summary>Q, k rows of r entries.</summary>
    public ImmutableArray<ImmutableArray<double>> Q { get; }

    /// <summary>Q⁺, r rows of k entries.</summary>
    public ImmutableArray<ImmutableArray<double>> PseudoInverse { get; }

    /// <summary>The eigenvalues of B on what never enters the memory; none where (B, a) is controllable.</summary>
    public ImmutableArray<Complex> DroppedEigenvalues { get; }

    /// <summary>Eigenvalues that differ, but are treated as one.</summary>
    public ImmutableArray<NearlyEqual> NearlyEqual { get; }

    /// <summary>Reduces a memory; null where its eigenvalues cannot be computed, as with entries near overflow.</summary>
    /// <param name="B">The propagation matrix, finite.</param>
    /// <param name="a">The input vector, finite and not 0.</param>
    public static MemoryReduction? Of(SquareMatrix B, ImmutableArray<double> a)
    {
        var scales = UnitScales.Of(B, a);
        (B, a) = UnitScales.Apply(scales, B, a);
        var basis = KrylovBasis.Of(B, a);
        if (HessenbergEigenvalues.Of(basis.H, 0, basis.Rank) is not { } eigenvalues ||
            HessenbergEigenvalues.Of(basis.H, basis.Rank, B.Size - basis.Rank) is not { } dropped)
            return null;

        var (merged, nearlyEqual) = EigenvalueGroups.MergeNearlyEqual(EigenvalueGroups.Of(basis, eigenvalues));
        if (!merged.All(eigenvalue => IsFinite(ImmutableArray.Create(eigenvalue.Value.Real, eigenvalue.Value.Imaginary))))
            return null;

        var blocks = merged
            .Select(eigenvalue => eigenvalue.ToPropagator())
            .OrderByDescending(block => block.Modulus)
            .ThenBy(block => block.IsComplex)
            .ThenByDescending(block => block.Real)
            .ToImmutableArray();
        try
        {
            return Of(blocks, ReducedBasis.Of(basis, blocks, VectorMath.Norm(a)), scales, dropped, nearlyEqual);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// How much the weights (aᵀBʲ)ᵢ of past gradients in the given units differ from those of the sum, (eᵀJʲQ⁺)ᵢ: root of the sum of
    /// squares over the first 256 j and all i, relative. Not a number where they overflow.
    /// </summary>
    /// <param name="B">The propagation matrix.</param>
    /// <param name="a">The input vector.</param>
    public double WeightError(SquareMatrix B, ImmutableArray<double> a)
    {
        var (J, weights) = (JordanForm.Matrix(Blocks), JordanForm.Input(Blocks));
        var (differences, all) = (new List<double>(), new List<double>());
        for (var (lag, given) = (0, a); lag < 256; lag++, given *= B, weights *= J)
        {
            all.AddRange(given);
            differences.AddRange(given.Select((weight, i) => weight - weights.Select((reduced, unit) => reduced * PseudoInverse[unit][i]).Sum()));
        }

        return VectorMath.Norm(differences) / VectorMath.Norm(all);
    }

    // Every eigenvalue has one chain of units; what does not enter the memory is at its end.
    private static MemoryReduction? Of(
        ImmutableArray<Propagator> blocks,
        ImmutableArray<ImmutableArray<double>> scaledRows,
        ImmutableArray<double> scales,
        IEnumerable<Complex> dropped,
        ImmutableArray<NearlyEqual> nearlyEqual)
    {
        var rows = ReducedBasis.Unscaled(scaledRows, scales);
        var negligible = Negligible * VectorMath.Norm(rows.SelectMany(row => row));
        var (kept, keptRows, left) = (new List<Propagator>(), new List<ImmutableArray<double>>(), dropped.ToList());
        var first = 0;
        foreach (var block in blocks)
        {
            var units = Enumerable.Range(first, block.UnitCount).ToList();
            var reached = units.FindLastIndex(unit => VectorMath.Norm(rows[unit]) > negligible) + 1;
            var order = block.IsComplex ? (reached + 1) / 2 : reached;
            if (order > 0)
                kept.Add(block with { Order = order });
            keptRows.AddRange(units.Take(order * block.UnitCount / block.Order).Select(unit => rows[unit]));
            for (; order < block.Order; order++)
            {
                var value = new Complex(block.Real, block.Imaginary);
                left.AddRange(block.IsComplex ? [value, Complex.Conjugate(value)] : [value]);
            }

            first += block.UnitCount;
        }

        // What overflows is neither kept nor finite.
        if (kept.Count == 0 || ReducedBasis.PseudoInverse(keptRows, scales) is var Q && !Q.Concat(keptRows).All(IsFinite))
            return null;
        return new(kept.ToImmutableArray(), Q, keptRows.ToImmutableArray(), left.ToImmutableArray(), nearlyEqual);
    }

    private static bool IsFinite(ImmutableArray<double> row) => row.All(entry => !double.IsNaN(entry) && !double.IsInfinity(entry));
}
