using System.Numerics;

namespace Rllc.Benchmarks.Steps;

/// <summary>θ ← θ − c·g.</summary>
internal sealed class FusedSgd(AlignedFloats θ, AlignedFloats g, int threads) : FusedLoop(θ.PaddedLength, threads, floatsMoved: 3)
{
    protected override void Run(nuint first, nuint end)
    {
        ref var parameters = ref θ.First;
        ref var gradients = ref g.First;
        var rate = new Vector<float>(-0.03f);
        for (var i = first; i < end; i += (nuint)Vector<float>.Count)
        {
            var gradient = Vector.LoadUnsafe(ref gradients, i);
            Vector.FusedMultiplyAdd(gradient, rate, Vector.LoadUnsafe(ref parameters, i)).StoreUnsafe(ref parameters, i);
        }
    }
}

/// <summary>m ← 0.9·m + g, θ ← θ − c·m.</summary>
internal sealed class FusedMomentum(AlignedFloats θ, AlignedFloats g, int threads) : FusedLoop(θ.PaddedLength, threads, floatsMoved: 5)
{
    private readonly AlignedFloats _m = AlignedFloats.Zeros(θ.Length);

    public override void Dispose()
    {
        base.Dispose();
        _m.Dispose();
    }

    protected override void Run(nuint first, nuint end)
    {
        ref var parameters = ref θ.First;
        ref var gradients = ref g.First;
        ref var memory = ref _m.First;
        var rate = new Vector<float>(-0.03f);
        var β = new Vector<float>(0.9f);
        for (var i = first; i < end; i += (nuint)Vector<float>.Count)
        {
            var m = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref memory, i), β, Vector.LoadUnsafe(ref gradients, i));
            m.StoreUnsafe(ref memory, i);
            Vector.FusedMultiplyAdd(m, rate, Vector.LoadUnsafe(ref parameters, i)).StoreUnsafe(ref parameters, i);
        }
    }
}

/// <summary>
/// Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 (Kingma and Ba, arXiv 1412.6980, algorithm 1), its bias correction folded into two
/// factors; with a weight decay it is AdamW (Loshchilov and Hutter, arXiv 1711.05101).
/// </summary>
internal sealed class FusedAdam(AlignedFloats θ, AlignedFloats g, int threads, float weightDecay = 0) : FusedLoop(θ.PaddedLength, threads, floatsMoved: 7)
{
    private const float Rate = 1e-3f, Decay1 = 0.9f, Decay2 = 0.999f;

    private readonly AlignedFloats _m = AlignedFloats.Zeros(θ.Length);
    private readonly AlignedFloats _v = AlignedFloats.Zeros(θ.Length);
    private int _steps;

    public override void Step()
    {
        _steps++;
        base.Step();
    }

    public override void Dispose()
    {
        base.Dispose();
        _m.Dispose();
        _v.Dispose();
    }

    protected override void Run(nuint first, nuint end)
    {
        ref var parameters = ref θ.First;
        ref var gradients = ref g.First;
        ref var means = ref _m.First;
        ref var squares = ref _v.First;
        var β1 = new Vector<float>(Decay1);
        var β2 = new Vector<float>(Decay2);
        var rest1 = new Vector<float>(1 - Decay1);
        var rest2 = new Vector<float>(1 - Decay2);
        var ε = new Vector<float>(1e-8f);
        var rate = new Vector<float>((float)(-Rate / (1 - Math.Pow(Decay1, _steps))));
        var unbias = new Vector<float>((float)(1 / (1 - Math.Pow(Decay2, _steps))));
        var decay = new Vector<float>(1 - Rate * weightDecay);
        for (var i = first; i < end; i += (nuint)Vector<float>.Count)
        {
            var gradient = Vector.LoadUnsafe(ref gradients, i);
            var mean = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref means, i), β1, gradient * rest1);
            var square = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref squares, i), β2, gradient * gradient * rest2);
            var parameter = Vector.LoadUnsafe(ref parameters, i) * decay;
            parameter = Vector.FusedMultiplyAdd(mean / (Vector.SquareRoot(square * unbias) + ε), rate, parameter);
            mean.StoreUnsafe(ref means, i);
            square.StoreUnsafe(ref squares, i);
            parameter.StoreUnsafe(ref parameters, i);
        }
    }
}
