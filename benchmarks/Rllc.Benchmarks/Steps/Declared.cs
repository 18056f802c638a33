namespace Rllc.Benchmarks.Steps;

/// <summary>k = 1: as many floats as Adam.</summary>
[Propagator("M(0.9)")]
internal sealed partial class Momentum;

/// <summary>k = 2, one of which is not read again: Nesterov's memory.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
internal sealed partial class MomentumMix;

/// <summary>k = 3.</summary>
[Propagator("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
internal sealed partial class ThreeMomenta;

// Benchmarked for its width: no law is judged by it.
#pragma warning disable RLLC015
/// <summary>k = 7, with the Jordan blocks of real and of complex numbers.</summary>
[Propagator("M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)")]
internal sealed partial class SevenUnits;
#pragma warning restore RLLC015

/// <summary>A declared memory to benchmark.</summary>
/// <param name="Memory">What its declaration says about it.</param>
/// <param name="Create">Makes an optimizer of n parameters.</param>
internal sealed record Declared(LinearMemory Memory, Func<int, LawTiming, int, Optimizer> Create)
{
    /// <summary>All of them, by ascending k.</summary>
    public static IReadOnlyList<Declared> All { get; } =
    [
        new(LinearMemory.Parse(Momentum.Spec), (n, timing, threads) =>
            new Momentum(n, new() { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, Threads = threads })),
        new(LinearMemory.Parse(MomentumMix.Spec), (n, timing, threads) =>
            new MomentumMix(n, new() { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, Threads = threads })),
        new(LinearMemory.Parse(ThreeMomenta.Spec), (n, timing, threads) =>
            new ThreeMomenta(n, new() { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, Threads = threads })),
        new(LinearMemory.Parse(SevenUnits.Spec), (n, timing, threads) =>
            new SevenUnits(n, new() { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, Threads = threads })),
    ];

    /// <summary>The spec, as the tables name it.</summary>
    public string Name => Memory.Spec!.ToString();

    /// <summary>Bytes moved per parameter and step, by the cost table of the declaration.</summary>
    public int BytesMoved(LawTiming timing) => timing == LawTiming.Exact ? Memory.Cost.BytesMovedExact : Memory.Cost.BytesMovedDelayed;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
