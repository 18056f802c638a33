using System.Runtime.CompilerServices;

namespace Rllc;

/// <summary>G = MᵀM from the memory itself, against which the recurrence is refreshed.</summary>
internal static class ExactGram
{
    /// <summary>Number of entries on and above the diagonal: what one chunk contributes to.</summary>
    public static int PairCount(int unitCount) => unitCount * (unitCount + 1) / 2;

    /// <summary>Adds a chunk's share of the entries on and above the diagonal, row by row, summed in float32 first.</summary>
    /// <param name="M">The chunk's first tile.</param>
    /// <param name="unitCount">k.</param>
    /// <param name="stateCount">How many numbers are kept for each parameter, the units first.</param>
    /// <param name="count">Its number of elements; what pads the last tile is zero.</param>
    /// <param name="pairs">k(k+1)/2 sums.</param>
    public static void OfChunk<TElement>(ref TElement M, int unitCount, int stateCount, int count, Span<double> pairs)
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        var pair = 0;
        for (var i = 0; i < unitCount; i++)
            for (var j = i; j < unitCount; j++)
                pairs[pair++] += Dot(ref Unsafe.Add(ref M, i * Tile.Length), ref Unsafe.Add(ref M, j * Tile.Length), stateCount, count);
    }

    /// <summary>The full symmetric matrix, row-major.</summary>
    public static void Unfold(ReadOnlySpan<double> pairs, int unitCount, Span<double> gram)
    {
        var pair = 0;
        for (var i = 0; i < unitCount; i++)
            for (var j = i; j < unitCount; j++)
                gram[i * unitCount + j] = gram[j * unitCount + i] = pairs[pair++];
    }

    // Several sums side by side hide each other's latency: this runs on memory that is in the first cache.
    private static double Dot<TElement>(ref TElement x, ref TElement y, int stateCount, int count)
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        Lanes512 sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        nint tile = stateCount * Tile.Length;
        nint m = 0;
        for (; count > 3 * Tile.Length; count -= 4 * Tile.Length, m += 4 * tile)
        {
            sums0 = Lanes512.FusedMultiplyAdd(TElement.Load<Lanes512>(ref x, m), TElement.Load<Lanes512>(ref y, m), sums0);
            sums1 = Lanes512.FusedMultiplyAdd(TElement.Load<Lanes512>(ref x, m + tile), TElement.Load<Lanes512>(ref y, m + tile), sums1);
            sums2 = Lanes512.FusedMultiplyAdd(TElement.Load<Lanes512>(ref x, m + 2 * tile), TElement.Load<Lanes512>(ref y, m + 2 * tile), sums2);
            sums3 = Lanes512.FusedMultiplyAdd(TElement.Load<Lanes512>(ref x, m + 3 * tile), TElement.Load<Lanes512>(ref y, m + 3 * tile), sums3);
        }
        for (; count > 0; count -= Tile.Length, m += tile)
            sums0 = Lanes512.FusedMultiplyAdd(TElement.Load<Lanes512>(ref x, m), TElement.Load<Lanes512>(ref y, m), sums0);
        return (sums0 + sums1 + (sums2 + sums3)).Sum();
    }
}
