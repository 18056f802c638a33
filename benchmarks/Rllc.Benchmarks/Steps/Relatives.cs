namespace Rllc.Benchmarks.Steps;

/// <summary>torch.optim's Adam.</summary>
[Adam]
internal sealed partial class EmittedAdam;

/// <summary>torch.optim's RMSprop, without momentum.</summary>
[RmsProp]
internal sealed partial class EmittedRmsProp;

/// <summary>SGD with a buffer of gradients.</summary>
[Sgd(Momentum = 0.9), CriticalGradients(Capacity = 5)]
internal sealed partial class EmittedSgdWithBuffer;

/// <summary>A law that never learns.</summary>
[Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
internal sealed partial class Nesterov;

/// <summary>Lion, as a rule.</summary>
[MemoryRule(nameof(Remember)), FixedLaw(1)]
internal sealed partial class Lion
{
    private static partial void Remember<T>(T g, out T sign, [Hidden] ref T m) where T : struct, INumbers<T>
    {
        sign = T.Sign(T.FusedMultiplyAdd(g - m, T.Create(0.1f), m));
        m = T.FusedMultiplyAdd(g - m, T.Create(0.01f), m);
    }
}

/// <summary>Adam's direction and the gradient, under a law that learns.</summary>
[MemoryRule(nameof(Remember), Prepare = nameof(Prepare))]
internal sealed partial class AdamMix
{
    private static partial void Prepare(long t, out float correction1, out float correction2)
    {
        correction1 = (float)(1 / (1 - IntegerPower.Of(0.9, t)));
        correction2 = (float)(1 / (1 - IntegerPower.Of(0.999, t)));
    }

    private static partial void Remember<T>(T g, T correction1, T correction2, out T direction, out T gradient, [Hidden] ref T m, [Hidden] ref T v)
        where T : struct, INumbers<T>
    {
        m = T.FusedMultiplyAdd(g - m, T.Create(0.1f), m);
        v = T.FusedMultiplyAdd(g * g - v, T.Create(0.001f), v);
        direction = m * correction1 / (T.Sqrt(v * correction2) + T.Create(1e-8f));
        gradient = g;
    }
}

/// <summary>An emitted optimizer that is no linear memory under a law that learns.</summary>
/// <param name="Name">Its declaration, in short.</param>
/// <param name="Create">Makes one of as many parameters, with as many threads.</param>
/// <param name="Traffic">What a step costs the memory: in the way that is most frequent, where there are several.</param>
internal sealed record Relative(string Name, Func<long, int, TensorOptimizer> Create, Traffic Traffic)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Relative> All { get; } =
    [
        new("[Adam]", (n, threads) => new EmittedAdam(n, new() { Threads = threads }), Traffic.OfFloats(moved: 7, fetched: 4)),
        new("[RmsProp]", (n, threads) => new EmittedRmsProp(n, new() { Threads = threads }), Traffic.OfFloats(moved: 5, fetched: 3)),
        // A step whose gradient is no larger than those of the buffer makes no entry.
        new("[Sgd] [CriticalGradients]", (n, threads) => new EmittedSgdWithBuffer(n, new() { Threads = threads }), Traffic.OfFloats(moved: 7, fetched: 5)),
        new("M(0.9) ⊕ M(0) [FixedLaw]", (n, threads) => new Nesterov(n, new() { Threads = threads, SkipNonFinite = false }), Traffic.OfFloats(moved: 7, fetched: 4)),
        new("Lion as a rule [FixedLaw]", (n, threads) => new Lion(n, new() { Threads = threads, SkipNonFinite = false }), Traffic.OfFloats(moved: 5, fetched: 3)),
        new("Adam's direction and g as a rule", (n, threads) => new AdamMix(n, new() { Threads = threads }), Traffic.OfFloats(moved: 16, fetched: 11)),
    ];
}

/// <summary>A step of such an optimizer over one flat array.</summary>
internal sealed class RelativeStep(Relative relative, int threads, AlignedFloats θ, AlignedFloats g) : IStep
{
    private readonly TensorOptimizer _optimizer = relative.Create(θ.Length, threads);

    /// <inheritdoc/>
    public Traffic Traffic => relative.Traffic;

    /// <inheritdoc/>
    public void Step() => _optimizer.Step(θ.Span, g.Span);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
