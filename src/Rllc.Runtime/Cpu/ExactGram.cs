using System.Numerics;
using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>G = MᵀM from the memory itself, against which the recurrence is refreshed.</summary>
internal static class ExactGram
{
    /// <summary>Number of entries on and above the diagonal: what one chunk contributes to.</summary>
    public static int PairCount(int unitCount) => unitCount * (unitCount + 1) / 2;

    /// <summary>One chunk's share of the entries on and above the diagonal, row by row.</summary>
    public static void OfChunk(ChunkedMemory memory, int chunk, Span<double> pairs)
    {
        var pair = 0;
        for (var i = 0; i < memory.UnitCount; i++)
            for (var j = i; j < memory.UnitCount; j++)
                pairs[pair++] = Dot(memory.Unit(chunk, i), memory.Unit(chunk, j));
    }

    /// <summary>The full symmetric matrix, row-major.</summary>
    public static void Unfold(ReadOnlySpan<double> pairs, int unitCount, Span<double> gram)
    {
        var pair = 0;
        for (var i = 0; i < unitCount; i++)
            for (var j = i; j < unitCount; j++)
                gram[i * unitCount + j] = gram[j * unitCount + i] = pairs[pair++];
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        var ys = MemoryMarshal.Cast<float, Vector<float>>(y);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < xs.Length; i++)
            sums = Vector.FusedMultiplyAdd(xs[i], ys[i], sums);
        var sum = Vector.Sum(sums);
        for (var i = xs.Length * Vector<float>.Count; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
