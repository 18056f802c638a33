namespace Rllc;

/// <summary>The sum of a buffer's entries, which kernels keep up to date by what comes and goes: summed afresh.</summary>
internal static class CriticalSum
{
    /// <summary>Sums the entries of a chunk.</summary>
    /// <param name="M">Its first tile.</param>
    /// <param name="sumUnit">The unit of the sum, before those of the entries.</param>
    /// <param name="capacity">C.</param>
    /// <param name="count">Its number of elements; the padding of the last tile is summed along.</param>
    /// <param name="dither">Random bits, where the memory is rounded at random.</param>
    public static void OfChunk<TLanes, TElement>(ref TElement M, int sumUnit, int capacity, int count, int dither)
        where TLanes : struct, ILanes<TLanes>
        where TElement : unmanaged, IMemoryElement<TElement>
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            var place = i + (sumUnit + capacity) * (i & -Tile.Length);
            var sum = TLanes.Zero;
            for (var entry = sumUnit + 1; entry <= sumUnit + capacity; entry++)
                sum += TElement.Load<TLanes>(ref M, place + entry * Tile.Length);
            TElement.Store(sum, ref M, place + sumUnit * Tile.Length, dither);
        }
    }
}
