using System.Collections.Immutable;

namespace Rllc;

/// <summary>Sums over the entries of vectors.</summary>
internal static class VectorMath
{
    /// <summary>The 2-norm; the squares neither overflow nor vanish.</summary>
    public static double Norm(IEnumerable<double> vector)
    {
        var largest = vector.Max(entry => Math.Abs(entry));
        return largest == 0 ? 0 : largest * Math.Sqrt(vector.Sum(entry => entry / largest * (entry / largest)));
    }

    /// <summary>The vector with every entry multiplied by a number.</summary>
    public static ImmutableArray<double> Scaled(ImmutableArray<double> vector, double factor) =>
        ImmutableArray.CreateRange(vector, entry => factor * entry);

    /// <summary>What a vector has beside its parts in the directions of others. A second pass removes what rounding left in the first.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="others">Orthonormal vectors.</param>
    /// <param name="count">How many of them count.</param>
    /// <param name="part">Is given the number of each of the others and a part in its direction, twice.</param>
    public static ImmutableArray<double> Orthogonalized(
        ImmutableArray<double> vector, IReadOnlyList<ImmutableArray<double>> others, int count, Action<int, double> part)
    {
        var rest = vector.ToArray();
        for (var i = 0; i < 2 * count; i++)
        {
            var other = others[i % count];
            var product = 0.0;
            for (var entry = 0; entry < rest.Length; entry++)
                product += other[entry] * rest[entry];
            for (var entry = 0; entry < rest.Length; entry++)
                rest[entry] -= product * other[entry];
            part(i % count, product);
        }

        return ImmutableArray.Create(rest);
    }
}
