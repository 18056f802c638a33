using static System.FormattableString;

namespace Rllc.Benchmarks.Roofline;

/// <summary>The goals and how a run's measurements stand to them.</summary>
internal static class Goals
{
    private const int Large = 10_000_000;
    private const int CacheResident = 270_000;
    private const double OfFloor = 0.9;

    // What two threads gain is itself measured: this much is noise.
    private const double SpeedupTolerance = 0.05;

    private static readonly (string Spec, LawTiming Timing, double Limit)[] LargeLimits =
    [
        ("M(0.9)", LawTiming.Exact, 1.1),
        ("M(0.9) ⊕ M(0)", LawTiming.Exact, 1.5),
        ("M(0.9) ⊕ M(0)", LawTiming.Delayed, 1.1),
        ("M(0.9)", LawTiming.Delayed, 0.8),
    ];

    /// <summary>All of them, in order; of memories in float32.</summary>
    public static IEnumerable<Goal> Judge(IReadOnlyCollection<Measurement> measurements)
    {
        Measurement Find(string spec, LawTiming timing, int n, int threads) => measurements.Single(m =>
            m.Contender.Name == spec && m.Contender.Timing == timing && m.Contender.Format == MemoryFormat.Float32 && m.N == n && m.Threads == threads);

        foreach (var (spec, timing, limit) in LargeLimits)
            yield return ToAdam(Find(spec, timing, Large, threads: 1), limit);
        yield return ToAdam(Find("M(0.9)", LawTiming.Exact, CacheResident, threads: 1), 1.2);
        foreach (var (spec, timing, _) in LargeLimits)
            yield return OfTriad(Find(spec, timing, Large, threads: 1));
        foreach (var (spec, timing, _) in LargeLimits)
            yield return SecondThread(Find(spec, timing, Large, threads: 1), Find(spec, timing, Large, threads: 2));
        yield return NoAllocation(measurements.MaxBy(m => m.AllocatedBytes)!);
    }

    private static Goal ToAdam(Measurement m, double limit) =>
        new(Invariant($"{Title(m)}: at most {limit:0.0} × fused Adam"), Invariant($"{m.ToAdam:0.00}"), m.ToAdam <= limit, Explanation.OfTime(m));

    private static Goal OfTriad(Measurement m) =>
        new(Invariant($"{Title(m)}: at least 90 % of the triad's bytes/s"), Invariant($"{m.OfTriad:P0}"), m.OfTriad >= OfFloor, Explanation.OfRate(m));

    private static Goal SecondThread(Measurement one, Measurement two)
    {
        // (one's time / two's) / (Adam's time on one / on two)
        var speedup = one.ToAdam / two.ToAdam;
        return new(
            Invariant($"{Title(two)}: gains from the second thread what fused Adam gains"),
            Invariant($"{speedup:0.00} of it"),
            speedup >= 1 - SpeedupTolerance,
            Explanation.OfSecondThread(one, two));
    }

    private static Goal NoAllocation(Measurement most) =>
        new("no allocation in any step", Invariant($"{most.AllocatedBytes:0} bytes"), most.AllocatedBytes == 0, Explanation.OfAllocation(most));

    private static string Title(Measurement m) =>
        Invariant($"{m.Contender.Name} {m.Contender.Timing?.ToString().ToLowerInvariant()}, n = {m.N:0.#E0}, {m.Threads} thread{(m.Threads == 1 ? "" : "s")}");
}
