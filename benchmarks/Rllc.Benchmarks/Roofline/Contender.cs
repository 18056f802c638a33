using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>Who is measured.</summary>
/// <param name="Name">A spec or the name of a fused loop.</param>
/// <param name="Start">Makes its state for the arrays and threads of the yardsticks.</param>
/// <param name="Timing">Exact or delayed where a law learns that is given the choice, otherwise null.</param>
/// <param name="Format">What its M is kept in, null for a fused loop.</param>
internal sealed record Contender(string Name, Func<Yardsticks, IStep> Start, LawTiming? Timing = null, MemoryFormat? Format = null)
{
    /// <summary>The yardsticks and the other fused loops, every declared memory in every timing and memory format, then other optimizers.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("reading", y => new Reading(y.Scratch, y.Gradient, y.Threads)),
        new("copy", y => new Copy(y.Scratch, y.Gradient, y.Threads)),
        new("triad", y => new Triad(y.Scratch, y.Gradient, y.Threads)),
        new("fused SGD", y => new FusedSgd(y.Parameters, y.Gradient, y.Threads)),
        new("fused momentum", y => new FusedMomentum(y.Parameters, y.Gradient, y.Threads)),
        new("fused AdamW", y => new FusedAdam(y.Parameters, y.Gradient, y.Threads, weightDecay: 0.01f)),
        .. from declared in Declared.All
           from format in Formats(declared)
           from timing in new[] { LawTiming.Exact, LawTiming.Delayed }
           select new Contender(
               declared.Name, y => new DeclaredStep(declared, new(timing, format, y.Threads), y.Parameters, y.Gradient), timing, format),
        .. Relative.All.Select(relative => new Contender(relative.Name, y => new RelativeStep(relative, y.Threads, y.Parameters, y.Gradient))),
    ];

    /// <summary>Over the tensors of <see cref="ResNet20"/> instead of one array; next to an Adam that is called once for each of them.</summary>
    public static IReadOnlyList<Contender> Grouped { get; } =
    [
        new("fused Adam by tensor", y => new FusedAdamByTensor(y.Parameters, y.Gradient)),
        Group(Declared.Momentum, LawTiming.Exact),
        Group(Declared.MomentumMix, LawTiming.Exact),
        Group(Declared.MomentumMix, LawTiming.Delayed),
    ];

    private static Contender Group(Declared declared, LawTiming timing) =>
        new(declared.Name, y => new GroupedStep(declared, new(timing, MemoryFormat.Float32, y.Threads), y.Parameters, y.Gradient), timing, MemoryFormat.Float32);

    // Rounding at random costs what it costs: one memory is enough to see it.
    private static MemoryFormat[] Formats(Declared declared) => declared == Declared.MomentumMix
        ? [MemoryFormat.Float32, MemoryFormat.BFloat16, MemoryFormat.BFloat16Stochastic]
        : [MemoryFormat.Float32, MemoryFormat.BFloat16];
}
