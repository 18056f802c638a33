using ILGPU;

namespace Rllc.Kernels;

/// <summary>Adds up the partial sums of a pass in an order that depends on their number alone: the same bits in every run.</summary>
internal static class FixedOrderSum
{
    /// <summary>Elements of shared memory: 16 lanes of the most numbers there are, 19 KB.</summary>
    public const int Room = 16 * LawViews.MostSums;

    // More lanes than this would not be busy in the largest group.
    private const int MostLanes = 128;

    /// <summary>
    /// To be called by all threads of the one group, however many they are; when it returns, every thread sees the sums.
    /// Each number has as many sums side by side (lanes) as there is room for: one thread that adds up alone waits for the memory
    /// before each addition.
    /// </summary>
    /// <param name="partials">Row by row, <paramref name="stride"/> numbers each.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="count">How many of them are summed, from the first.</param>
    /// <param name="room"><see cref="Room"/> elements.</param>
    /// <param name="sums">Becomes the sums.</param>
    public static void Of(ArrayView<double> partials, int stride, int count, ArrayView<double> room, ArrayView<double> sums)
    {
        var lanes = Room / count < MostLanes ? Room / count : MostLanes;
        for (var i = Group.IdxX; i < count * lanes; i += Group.DimX)
            // Neighbouring threads read neighbouring numbers.
            room[i] = SumOfLane(partials, (long)(i / count) * stride + i % count, (long)lanes * stride);

        Group.Barrier();
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            var sum = 0.0;
            for (var lane = 0; lane < lanes; lane++)
                sum += room[lane * count + i];
            sums[i] = sum;
        }

        Group.Barrier();
    }

    // Four loads are under way at once.
    private static double SumOfLane(ArrayView<double> partials, long first, long step)
    {
        var sum = 0.0;
        var next = first;
        for (; next + 3 * step < partials.Length; next += 4 * step)
        {
            var x = partials[next];
            var y = partials[next + step];
            var z = partials[next + 2 * step];
            var w = partials[next + 3 * step];
            sum += x + y + (z + w);
        }
        for (; next < partials.Length; next += step)
            sum += partials[next];
        return sum;
    }
}
