using Rllc.Benchmarks.Steps;
using static System.FormattableString;

namespace Rllc.Benchmarks.Roofline;

/// <summary>
/// How near the emitted kernels come to the memory's speed, in a few minutes: every contender in turn with a fused Adam, a
/// triad and a loop that only reads, all in one process.
/// </summary>
internal static class RooflineProgram
{
    private const double SecondsEach = 0.7;
    private static readonly int[] Sizes = [1_000, 270_000, 1_000_000, 10_000_000];

    /// <summary>Measures and prints.</summary>
    /// <returns>0: a goal that is missed is a finding, not a failure.</returns>
    public static int Run()
    {
        Report.Begin();
        WarmUp();
        var measurements = new List<Measurement>();
        foreach (var n in Sizes)
            foreach (var threads in Threads(n))
                measurements.AddRange(Measure(Invariant($"n = {n:N0}"), n, threads, Contender.All));
        measurements.AddRange(Measure(Invariant($"{ResNet20.Lengths.Count} tensors, n = {ResNet20.Length:N0} in all"), ResNet20.Length, threads: 1, Contender.Grouped));
        Report.Verdicts(Goals.Judge(measurements));
        return 0;
    }

    // A second thread is of no use for a thousand parameters: the memory is one chunk.
    private static int[] Threads(int n) => n > 100_000 ? [1, 2] : [1];

    /// <summary>Until the just-in-time compiler has its last word on every loop.</summary>
    private static void WarmUp()
    {
        using var yardsticks = new Yardsticks(ResNet20.Length, threads: 2);
        for (var round = 0; round < 4; round++)
        {
            foreach (var contender in Contender.All.Concat(Contender.Grouped))
                Measurement.Of(contender, yardsticks, seconds: 0.02);
            Thread.Sleep(200);
        }
    }

    private static List<Measurement> Measure(string title, int n, int threads, IReadOnlyList<Contender> contenders)
    {
        using var yardsticks = new Yardsticks(n, threads);
        var measurements = contenders.Select(contender => Measurement.Of(contender, yardsticks, SecondsEach)).ToList();
        Report.Steps(Invariant($"{title}, {threads} thread{(threads == 1 ? "" : "s")}"), measurements);
        return measurements;
    }
}
