using System.Numerics;

namespace Rllc.Benchmarks.Steps;

/// <summary>x ← y: what the memory does for a loop that computes nothing.</summary>
internal sealed class Copy(AlignedFloats x, AlignedFloats y, int threads) : FusedLoop(x.PaddedLength, threads, floatsMoved: 2)
{
    protected override void Run(nuint first, nuint end)
    {
        ref var to = ref x.First;
        ref var from = ref y.First;
        for (var i = first; i < end; i += (nuint)Vector<float>.Count)
            Vector.LoadUnsafe(ref from, i).StoreUnsafe(ref to, i);
    }
}

/// <summary>x ← x + s·y: three floats moved, and as in an optimizer what is written was read before.</summary>
internal sealed class Triad(AlignedFloats x, AlignedFloats y, int threads) : FusedLoop(x.PaddedLength, threads, floatsMoved: 3)
{
    protected override void Run(nuint first, nuint end)
    {
        ref var to = ref x.First;
        ref var from = ref y.First;
        var s = new Vector<float>(1e-3f);
        for (var i = first; i < end; i += (nuint)Vector<float>.Count)
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref from, i), s, Vector.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
    }
}
