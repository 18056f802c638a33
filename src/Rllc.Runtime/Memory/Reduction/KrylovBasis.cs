using System.Collections.Immutable;

namespace Rllc;

/// <summary>
/// An orthonormal basis u₁, u₂, … of Rᵏ whose first r vectors span a, Bᵀa, (Bᵀ)²a, …: all that ever enters the memory (B, a).
/// By Arnoldi's process; in it Bᵀ is an upper Hessenberg matrix H, Bᵀuⱼ = Σᵢ Hᵢⱼuᵢ.
/// </summary>
internal sealed class KrylovBasis
{
    /// <summary>A new direction shorter than this, against B, is rounding: what would enter the memory by it is not meant.</summary>
    private const double Negligible = 1e-12;

    private KrylovBasis(ImmutableArray<double>[] vectors, double[,] H, int rank) => (Vectors, this.H, Rank) = (vectors, H, rank);

    /// <summary>u₁ … u_k.</summary>
    public IReadOnlyList<ImmutableArray<double>> Vectors { get; }

    /// <summary>H, k×k. Its first r columns have no entries below row r, and between them none just below the diagonal is 0.</summary>
    public double[,] H { get; }

    /// <summary>r, the dimension of what can be reached from a; k where (B, a) is controllable.</summary>
    public int Rank { get; }

    /// <summary>The basis of a memory.</summary>
    /// <param name="B">The propagation matrix.</param>
    /// <param name="a">The input vector, not 0.</param>
    public static KrylovBasis Of(SquareMatrix B, ImmutableArray<double> a)
    {
        var (size, H) = (B.Size, new double[B.Size, B.Size]);
        var (rank, negligible) = (size, Negligible * VectorMath.Norm(B.ToRowMajor()));
        var vectors = new ImmutableArray<double>[size];
        vectors[0] = VectorMath.Scaled(a, 1 / VectorMath.Norm(a));
        for (var j = 0; j < size; j++)
        {
            var column = j;
            var image = VectorMath.Orthogonalized(vectors[j] * B, vectors, j + 1, (i, part) => H[i, column] += part);
            if (j + 1 == size)
                break;

            var length = VectorMath.Norm(image);
            if (length > negligible)
                (H[j + 1, j], vectors[j + 1]) = (length, VectorMath.Scaled(image, 1 / length));
            else
                (rank, vectors[j + 1]) = (Math.Min(rank, j + 1), AnyOrthogonal(vectors, j + 1));
        }

        return new(vectors, H, rank);
    }

    private static ImmutableArray<double> AnyOrthogonal(ImmutableArray<double>[] others, int count)
    {
        var rest = Enumerable.Range(0, others.Length)
            .Select(axis => VectorMath.Orthogonalized(Axis(axis, others.Length), others, count, (_, _) => { }))
            .OrderByDescending(vector => VectorMath.Norm(vector))
            .First();
        return VectorMath.Scaled(rest, 1 / VectorMath.Norm(rest));
    }

    private static ImmutableArray<double> Axis(int axis, int size) =>
        Enumerable.Range(0, size).Select(entry => entry == axis ? 1.0 : 0).ToImmutableArray();
}
