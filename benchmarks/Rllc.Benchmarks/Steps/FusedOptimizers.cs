using System.Runtime.Intrinsics;

namespace Rllc.Benchmarks.Steps;

/// <summary>θ ← θ − c·g.</summary>
internal sealed class FusedSgd(AlignedFloats θ, AlignedFloats g, int threads)
    : FusedLoop(θ.PaddedLength, threads, Traffic.OfFloats(moved: 3, fetched: 2))
{
    protected override void Run(nuint first, nuint end)
    {
        ref var parameters = ref θ.First;
        ref var gradients = ref g.First;
        var rate = Vector512.Create(-0.03f);
        for (var i = first; i < end; i += Width)
        {
            var gradient = Vector512.LoadUnsafe(ref gradients, i);
            Vector512.FusedMultiplyAdd(gradient, rate, Vector512.LoadUnsafe(ref parameters, i)).StoreUnsafe(ref parameters, i);
        }
    }
}

/// <summary>m ← 0.9·m + g, θ ← θ − c·m.</summary>
internal sealed class FusedMomentum(AlignedFloats θ, AlignedFloats g, int threads)
    : FusedLoop(θ.PaddedLength, threads, Traffic.OfFloats(moved: 5, fetched: 3))
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
        var rate = Vector512.Create(-0.03f);
        var β = Vector512.Create(0.9f);
        for (var i = first; i < end; i += Width)
        {
            var m = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref memory, i), β, Vector512.LoadUnsafe(ref gradients, i));
            m.StoreUnsafe(ref memory, i);
            Vector512.FusedMultiplyAdd(m, rate, Vector512.LoadUnsafe(ref parameters, i)).StoreUnsafe(ref parameters, i);
        }
    }
}

/// <summary>
/// Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 (Kingma and Ba, arXiv 1412.6980, algorithm 1), its bias correction folded into two
/// factors; with a weight decay it is AdamW (Loshchilov and Hutter, arXiv 1711.05101).
/// </summary>
internal class FusedAdam(AlignedFloats θ, AlignedFloats g, int threads, float weightDecay = 0)
    : FusedLoop(θ.PaddedLength, threads, Traffic.OfFloats(moved: 7, fetched: 4))
{
    private const float Rate = 1e-3f, Decay1 = 0.9f, Decay2 = 0.999f;

    private readonly AlignedFloats _m = AlignedFloats.Zeros(θ.Length);
    private readonly AlignedFloats _v = AlignedFloats.Zeros(θ.Length);
    private int _steps;
    private float _rate, _unbias;

    public override void Step()
    {
        _steps++;
        _rate = (float)(-Rate / (1 - Math.Pow(Decay1, _steps)));
        _unbias = (float)(1 / (1 - Math.Pow(Decay2, _steps)));
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
        var β1 = Vector512.Create(Decay1);
        var β2 = Vector512.Create(Decay2);
        var rest1 = Vector512.Create(1 - Decay1);
        var rest2 = Vector512.Create(1 - Decay2);
        var ε = Vector512.Create(1e-8f);
        var rate = Vector512.Create(_rate);
        var unbias = Vector512.Create(_unbias);
        var decay = Vector512.Create(1 - Rate * weightDecay);
        for (var i = first; i < end; i += Width)
        {
            var gradient = Vector512.LoadUnsafe(ref gradients, i);
            var mean = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref means, i), β1, gradient * rest1);
            var square = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref squares, i), β2, gradient * gradient * rest2);
            var parameter = Vector512.LoadUnsafe(ref parameters, i) * decay;
            parameter = Vector512.FusedMultiplyAdd(mean / (Vector512.Sqrt(square * unbias) + ε), rate, parameter);
            mean.StoreUnsafe(ref means, i);
            square.StoreUnsafe(ref squares, i);
            parameter.StoreUnsafe(ref parameters, i);
        }
    }
}

/// <summary>Adam over the tensors of <see cref="ResNet20"/>, one call of the loop for each, on one thread: most are too small for two.</summary>
internal sealed class FusedAdamByTensor(AlignedFloats θ, AlignedFloats g) : FusedAdam(θ, g, threads: 1)
{
    private readonly (nuint First, nuint End)[] _tensors =
        [.. ResNet20.Slices.Select(slice => ((nuint)slice.Start.Value, (nuint)(slice.End.Value + Width - 1) / Width * Width))];

    protected override void Run(nuint first, nuint end)
    {
        foreach (var tensor in _tensors)
            base.Run(tensor.First, tensor.End);
    }
}
