using System.Collections.Immutable;
using System.Numerics;

namespace Rllc;

/// <summary>
/// Tells which computed eigenvalues are one. Rounding splits an eigenvalue with a Jordan block of order m into m, as far apart
/// as the m-th root of the unit of rounding; only their mean is exact.
/// </summary>
internal static class EigenvalueGroups
{
    /// <summary>Against B; the eigenvalues of matrices that differ by less are the same to within rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>
    /// The eigenvalues of the first r columns of H. Groups of neighbours are put together, the widest first, where the mean in place of
    /// each of them is as good a set of eigenvalues as the computed one: where a matrix with it is as near to H.
    /// </summary>
    /// <param name="basis">The basis, with H and r.</param>
    /// <param name="computed">The r eigenvalues, complex ones in exact pairs.</param>
    public static ImmutableArray<Eigenvalue> Of(KrylovBasis basis, IReadOnlyList<Complex> computed)
    {
        var tolerance = Math.Max(1000 * BackwardError(basis, computed), Rounding * Norm(basis));
        var values = computed.ToArray();
        var open = Enumerable.Range(0, values.Length).ToList();
        foreach (var distance in Distances(computed))
        {
            foreach (var group in Neighbours(open, (i, j) => (computed[i] - computed[j]).Magnitude <= distance))
            {
                // Its mirror image may be the group itself, or another one.
                var mirrored = group.Select(i => Partner(computed, i)).ToList();
                if (group.Count == 1 || !group.TrueForAll(open.Contains))
                    continue;
                var trial = (Complex[])values.Clone();
                var mean = Mean(group.Select(i => (computed[i], 1)));
                var isReal = group.Contains(mirrored[0]);
                foreach (var i in mirrored)
                    trial[i] = isReal ? mean.Real : Complex.Conjugate(mean);
                foreach (var i in group)
                    trial[i] = isReal ? mean.Real : mean;
                if (BackwardError(basis, trial) > tolerance)
                    continue;

                values = trial;
                open.RemoveAll(i => group.Contains(i) || mirrored.Contains(i));
            }
        }

        return values
            .Where(value => value.Imaginary >= 0)
            .GroupBy(value => value)
            .Select(group => new Eigenvalue(group.Key, group.Count()))
            .ToImmutableArray();
    }

    /// <summary>
    /// Eigenvalues that float32 cannot tell apart, each group as one of its mean and all its orders; and the groups. Under white
    /// gradients the units of λ and μ have the distance |λ−μ|/|1−λμ̄|, from 0 to 1.
    /// </summary>
    public static (ImmutableArray<Eigenvalue> Merged, ImmutableArray<NearlyEqual> Groups) MergeNearlyEqual(ImmutableArray<Eigenvalue> eigenvalues)
    {
        var groups = Neighbours([.. Enumerable.Range(0, eigenvalues.Length)], (i, j) => AreNearlyEqual(eigenvalues[i].Value, eigenvalues[j].Value))
            .Select(group => group.Select(i => eigenvalues[i]).ToImmutableArray())
            .Select(group => new NearlyEqual(group, MergeGroup(group)))
            .ToList();
        return (
            groups.Select(group => group.Merged).ToImmutableArray(),
            groups.Where(group => group.Given.Length > 1 || group.Given[0].IsPair != group.Merged.IsPair).ToImmutableArray());
    }

    // A pair that is nearly equal to its own conjugate, or to a real eigenvalue, is real.
    private static Eigenvalue MergeGroup(ImmutableArray<Eigenvalue> group)
    {
        if (group.Any(eigenvalue => !eigenvalue.IsPair || AreNearlyEqual(eigenvalue.Value, Complex.Conjugate(eigenvalue.Value))))
        {
            return new(
                Mean(group.Select(eigenvalue => (new Complex(eigenvalue.Value.Real, 0), eigenvalue.UnitCount))),
                group.Sum(eigenvalue => eigenvalue.UnitCount));
        }

        return new(Mean(group.Select(eigenvalue => (eigenvalue.Value, eigenvalue.Order))), group.Sum(eigenvalue => eigenvalue.Order));
    }

    /// <summary>
    /// How much B has to change at most, in the direction of u_r, to have these eigenvalues: ‖Π(H − λᵢ)e₁‖ over the product of
    /// H's entries below the diagonal, since H's own characteristic polynomial makes it 0.
    /// </summary>
    private static double BackwardError(KrylovBasis basis, IReadOnlyList<Complex> eigenvalues)
    {
        var (H, rank) = (basis.H, basis.Rank);
        var vector = new Complex[rank];
        vector[0] = 1;
        for (var factor = 0; factor < rank; factor++)
        {
            var product = new Complex[rank];
            for (var i = 0; i < rank; i++)
            {
                product[i] = -eigenvalues[factor] * vector[i];
                for (var j = Math.Max(0, i - 1); j < rank; j++)
                    product[i] += H[i, j] * vector[j];
            }

            // The factors that are left stretch by as many entries below the diagonal.
            var scale = factor + 1 < rank ? H[factor + 1, factor] : 1;
            vector = Array.ConvertAll(product, entry => entry / scale);
        }

        return Math.Sqrt(vector.Sum(entry => entry.Real * entry.Real + entry.Imaginary * entry.Imaginary));
    }

    private static double Norm(KrylovBasis basis)
    {
        var columns = Enumerable.Range(0, basis.Rank);
        return VectorMath.Norm(columns.SelectMany(i => columns.Select(j => basis.H[i, j])));
    }

    private static IEnumerable<double> Distances(IReadOnlyList<Complex> values) => values
        .SelectMany((value, i) => values.Take(i).Select(earlier => (value - earlier).Magnitude))
        .Distinct()
        .OrderByDescending(distance => distance)
        .ToList();

    /// <summary>The connected groups of a relation.</summary>
    private static IEnumerable<List<int>> Neighbours(IReadOnlyCollection<int> indices, Func<int, int, bool> areNeighbours)
    {
        var left = indices.ToList();
        var groups = new List<List<int>>();
        while (left.Count > 0)
        {
            var group = new List<int> { left[0] };
            left.RemoveAt(0);
            for (var reached = 0; reached < group.Count; reached++)
            {
                var next = left.FindAll(i => areNeighbours(group[reached], i));
                group.AddRange(next);
                left.RemoveAll(next.Contains);
            }

            groups.Add(group);
        }

        return groups;
    }

    private static bool AreNearlyEqual(Complex λ, Complex μ) =>
        ((float)λ.Real == (float)μ.Real && (float)λ.Imaginary == (float)μ.Imaginary)
        || (λ - μ).Magnitude <= NearlyEqual.Distance * (1 - λ * Complex.Conjugate(μ)).Magnitude;

    private static Complex Mean(IEnumerable<(Complex Value, int Weight)> values)
    {
        var (sum, weights) = (Complex.Zero, 0);
        foreach (var (value, weight) in values)
            (sum, weights) = (sum + weight * value, weights + weight);
        return sum / weights;
    }

    private static int Partner(IReadOnlyList<Complex> values, int i) =>
        values[i].Imaginary > 0 ? i + 1 : values[i].Imaginary < 0 ? i - 1 : i;
}
