using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>Who is measured.</summary>
/// <param name="Name">A spec or the name of a fused loop.</param>
/// <param name="Timing">Exact or delayed for a declared optimizer, null for a fused loop.</param>
/// <param name="Start">Makes its state for the arrays and threads of the yardsticks.</param>
internal sealed record Contender(string Name, LawTiming? Timing, Func<Yardsticks, IStep> Start)
{
    /// <summary>The fused loops that are not themselves yardsticks, then the declared memories with both timings.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("fused SGD", null, y => new FusedSgd(y.Parameters, y.Gradient, y.Threads)),
        new("fused momentum", null, y => new FusedMomentum(y.Parameters, y.Gradient, y.Threads)),
        new("fused AdamW", null, y => new FusedAdam(y.Parameters, y.Gradient, y.Threads, weightDecay: 0.01f)),
        .. from declared in Declared.All
           from timing in new[] { LawTiming.Exact, LawTiming.Delayed }
           select new Contender(declared.Name, timing, y => new DeclaredStep(declared, timing, y.Parameters, y.Gradient, y.Threads)),
    ];
}
