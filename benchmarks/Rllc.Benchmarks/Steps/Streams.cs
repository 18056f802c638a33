using System.Runtime.Intrinsics;

namespace Rllc.Benchmarks.Steps;

/// <summary>Σ x·y: how fast lines come from memory where nothing is written.</summary>
internal sealed class Reading(AlignedFloats x, AlignedFloats y, int threads)
    : FusedLoop(x.PaddedLength, threads, Traffic.OfFloats(moved: 2, fetched: 2))
{
    private volatile float _sum;

    /// <summary>What the last one to finish has summed: a loop without a result would be removed.</summary>
    public float Sum => _sum;

    protected override void Run(nuint first, nuint end)
    {
        ref var left = ref x.First;
        ref var right = ref y.First;
        // Several sums in turn, so that no addition waits for the one before.
        var (sum0, sum1, sum2, sum3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = first; i < end; i += Width)
            (sum0, sum1, sum2, sum3) = (sum1, sum2, sum3, Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref left, i), Vector512.LoadUnsafe(ref right, i), sum0));
        _sum = Vector512.Sum(sum0 + sum1 + sum2 + sum3);
    }
}

/// <summary>x ← y. x is fetched for nothing.</summary>
internal sealed class Copy(AlignedFloats x, AlignedFloats y, int threads)
    : FusedLoop(x.PaddedLength, threads, Traffic.OfFloats(moved: 2, fetched: 2))
{
    protected override void Run(nuint first, nuint end)
    {
        ref var to = ref x.First;
        ref var from = ref y.First;
        for (var i = first; i < end; i += Width)
            Vector512.LoadUnsafe(ref from, i).StoreUnsafe(ref to, i);
    }
}

/// <summary>x ← x + s·y: as in an optimizer, what is written was read before.</summary>
internal sealed class Triad(AlignedFloats x, AlignedFloats y, int threads)
    : FusedLoop(x.PaddedLength, threads, Traffic.OfFloats(moved: 3, fetched: 2))
{
    protected override void Run(nuint first, nuint end)
    {
        ref var to = ref x.First;
        ref var from = ref y.First;
        var s = Vector512.Create(1e-3f);
        for (var i = first; i < end; i += Width)
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref from, i), s, Vector512.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
    }
}
