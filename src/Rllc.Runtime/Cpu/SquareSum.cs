namespace Rllc;

/// <summary>γ = g·g of a gradient alone, for laws that need no other sum.</summary>
internal static class SquareSum
{
    /// <summary>The square sum of one piece of a chunk, in float32.</summary>
    /// <param name="g">Its first element.</param>
    /// <param name="count">Its length: a multiple of <see cref="Tile.Length"/>, at most 4096.</param>
    public static double Of(ref float g, int count)
    {
        // Several sums side by side hide each other's latency.
        Lanes512 sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        nint i = 0;
        for (; i <= count - 4 * Tile.Length; i += 4 * Tile.Length)
        {
            sums0 = AddSquare(ref g, i, sums0);
            sums1 = AddSquare(ref g, i + Tile.Length, sums1);
            sums2 = AddSquare(ref g, i + 2 * Tile.Length, sums2);
            sums3 = AddSquare(ref g, i + 3 * Tile.Length, sums3);
        }
        for (; i < count; i += Tile.Length)
            sums0 = AddSquare(ref g, i, sums0);
        return (sums0 + sums1 + (sums2 + sums3)).Sum();
    }

    private static Lanes512 AddSquare(ref float g, nint index, Lanes512 sum)
    {
        var gradient = Lanes512.Load(ref g, index);
        return Lanes512.FusedMultiplyAdd(gradient, gradient, sum);
    }
}
