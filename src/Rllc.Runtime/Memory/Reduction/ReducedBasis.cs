using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc;

/// <summary>The units of propagators in terms of those of the memory that they are the sum of.</summary>
internal static class ReducedBasis
{
    /// <summary>
    /// Q⁺, with Q⁺B = JQ⁺ and aᵀ = eᵀQ⁺ for the sum (J, e). With K, the first r vectors of the basis in terms of the units, it is
    /// K⁻¹(u₁, …, u_r)ᵀ. Row 1 of K is eᵀ/|a|, and H says how each row follows from those before it.
    /// </summary>
    /// <param name="basis">The basis of (B, a).</param>
    /// <param name="blocks">The propagators, with r units.</param>
    /// <param name="norm">|a|.</param>
    /// <returns>r rows of k entries.</returns>
    /// <exception cref="InvalidOperationException">K is singular, which only underflow can make it.</exception>
    public static ImmutableArray<ImmutableArray<double>> Of(KrylovBasis basis, ImmutableArray<Propagator> blocks, double norm)
    {
        var (J, H, rank) = (JordanForm.Matrix(blocks), basis.H, basis.Rank);
        var rows = new ImmutableArray<double>[rank];
        rows[0] = VectorMath.Scaled(JordanForm.Input(blocks), 1 / norm);
        for (var j = 0; j < rank - 1; j++)
        {
            var next = (rows[j] * J).ToArray();
            for (var unit = 0; unit < rank; unit++)
            {
                for (var i = 0; i <= j; i++)
                    next[unit] -= H[i, j] * rows[i][unit];
                next[unit] /= H[j + 1, j];
            }

            rows[j + 1] = ImmutableArray.Create(next);
        }

        var inverse = SquareMatrix.FromRowMajor(rank, rows.SelectMany(row => row).ToArray()).Inverse();
        return Rows(rank, basis.Vectors.Count, (unit, given) =>
            Enumerable.Range(0, rank).Sum(j => inverse[unit, j] * basis.Vectors[j][given]));
    }

    /// <summary>A·D⁻¹, without what is rounding in it: fourteen digits of the largest entry of each row of A.</summary>
    public static ImmutableArray<ImmutableArray<double>> Unscaled(ImmutableArray<ImmutableArray<double>> rows, ImmutableArray<double> scales) =>
        ImmutableArray.CreateRange(rows, row => Rounded(row, (entry, unit) => entry / scales[unit], unit => 1 / scales[unit]));

    /// <summary>A⁺, without what is rounding in it.</summary>
    /// <param name="rows">A, linearly independent rows of k entries.</param>
    /// <param name="scales">D: what rounding does to A·D is small against each of its columns.</param>
    /// <returns>k rows.</returns>
    /// <exception cref="InvalidOperationException">The rows are linearly dependent.</exception>
    public static ImmutableArray<ImmutableArray<double>> PseudoInverse(IReadOnlyList<ImmutableArray<double>> rows, ImmutableArray<double> scales)
    {
        var rank = rows.Count;
        var inverse = rank == scales.Length ? Inverse(rows, scales) : Shortest(rows);
        return ImmutableArray.CreateRange(inverse, row => Rounded(row, (entry, _) => entry, _ => 1));
    }

    // D(AD)⁻¹.
    private static ImmutableArray<ImmutableArray<double>> Inverse(IReadOnlyList<ImmutableArray<double>> rows, ImmutableArray<double> scales)
    {
        var scaled = rows.SelectMany(row => row.Select((entry, unit) => entry * scales[unit])).ToArray();
        var inverse = SquareMatrix.FromRowMajor(rows.Count, scaled).Inverse();
        return Rows(rows.Count, rows.Count, (given, unit) => scales[given] * inverse[given, unit]);
    }

    // Vᵀ·R⁻¹ for A = R·V, where the rows of V are orthonormal and R is lower triangular.
    private static ImmutableArray<ImmutableArray<double>> Shortest(IReadOnlyList<ImmutableArray<double>> rows)
    {
        var (rank, R) = (rows.Count, new double[rows.Count, rows.Count]);
        var V = new ImmutableArray<double>[rank];
        for (var row = 0; row < rank; row++)
        {
            var current = row;
            var rest = VectorMath.Orthogonalized(rows[row], V, row, (j, part) => R[current, j] += part);
            R[row, row] = VectorMath.Norm(rest);
            V[row] = VectorMath.Scaled(rest, 1 / R[row, row]);
        }

        var inverse = new SquareMatrix(R).Inverse();
        return Rows(rows[0].Length, rank, (given, unit) => Enumerable.Range(0, rank).Sum(j => V[j][given] * inverse[j, unit]));
    }

    private static ImmutableArray<double> Rounded(ImmutableArray<double> row, Func<double, int, double> convert, Func<int, double> scale)
    {
        var tolerance = 1e-14 * row.Max(entry => Math.Abs(entry));
        return row.Select((entry, i) => ShortestDigits.Within(convert(entry, i), tolerance * scale(i))).ToImmutableArray();
    }

    private static ImmutableArray<ImmutableArray<double>> Rows(int count, int length, Func<int, int, double> entry) =>
        Enumerable.Range(0, count)
            .Select(row => Enumerable.Range(0, length).Select(column => entry(row, column)).ToImmutableArray())
            .ToImmutableArray();
}
