using ILGPU;

namespace Rllc.Kernels;

/// <summary>Adds up the partial sums of the chunks in an order that depends on their number alone: the same bits in every run.</summary>
internal static class FixedOrderSum
{
    /// <summary>Number of sums side by side for each number, because one chain of additions would wait for the memory.</summary>
    public const int Lanes = 16;

    /// <summary>
    /// To be called by all threads of the one group, however many they are; when it returns, every thread sees the sums.
    /// </summary>
    /// <param name="partials">Chunk by chunk, <paramref name="stride"/> numbers each.</param>
    /// <param name="stride">Numbers from chunk to chunk.</param>
    /// <param name="count">How many of them are summed, from the first.</param>
    /// <param name="lanes">Room for <see cref="Lanes"/> times as many.</param>
    /// <param name="sums">Becomes the sums.</param>
    public static void Of(ArrayView<double> partials, int stride, int count, ArrayView<double> lanes, ArrayView<double> sums)
    {
        for (var i = Group.IdxX; i < count * Lanes; i += Group.DimX)
        {
            // Neighbouring threads read neighbouring numbers.
            var first = (long)(i / count) * stride + i % count;
            var sum = 0.0;
            for (var next = first; next < partials.Length; next += Lanes * stride)
                sum += partials[next];
            lanes[i] = sum;
        }

        Group.Barrier();
        for (var i = Group.IdxX; i < count; i += Group.DimX)
        {
            var sum = 0.0;
            for (var lane = 0; lane < Lanes; lane++)
                sum += lanes[lane * count + i];
            sums[i] = sum;
        }

        Group.Barrier();
    }
}
