using System.Diagnostics;
using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What was measured of one contender, always next to the yardsticks of the same round.</summary>
/// <param name="Contender">Who.</param>
/// <param name="N">n.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="BytesMoved">Bytes moved per parameter and step.</param>
/// <param name="Seconds">Median seconds of a step.</param>
/// <param name="ToAdam">Median of step / fused Adam's step, pair by pair.</param>
/// <param name="ToAdamLow">Its lower quartile: what is left where others disturb less.</param>
/// <param name="OfCopy">Median of bytes per second over those of the copy.</param>
/// <param name="OfTriad">Median of bytes per second over those of the triad.</param>
/// <param name="AllocatedBytes">Managed bytes allocated per step by the calling thread.</param>
internal sealed record Measurement(
    Contender Contender, int N, int Threads, int BytesMoved, double Seconds, double ToAdam, double ToAdamLow, double OfCopy, double OfTriad, double AllocatedBytes)
{
    private const int MinimumRounds = 9;
    private const int AllocationSteps = 300;

    // Shorter ones are repeated: the clock and the branch predictors shall not matter.
    private const double ShortestSample = 2e-4;

    /// <summary>Bytes moved per second.</summary>
    public double BytesPerSecond => (double)BytesMoved * N / Seconds;

    /// <summary>Runs step, Adam, triad, copy, step, Adam, … for about the given time.</summary>
    public static Measurement Of(Contender contender, Yardsticks yardsticks, double seconds)
    {
        using var step = contender.Start(yardsticks);
        var repeats = Repeats(yardsticks.Adam);
        var stepRepeats = Repeats(step);
        var rounds = new List<(double Step, double Adam, double Triad, double Copy)>();
        for (var clock = Stopwatch.StartNew(); rounds.Count < MinimumRounds || clock.Elapsed.TotalSeconds < seconds;)
            rounds.Add((Time(step, stepRepeats), Time(yardsticks.Adam, repeats), Time(yardsticks.Triad, repeats), Time(yardsticks.Copy, repeats)));

        double OfStream(Func<(double Step, double Adam, double Triad, double Copy), double> time, int bytes) =>
            Quantile(rounds.Select(round => step.BytesMoved / round.Step / (bytes / time(round))), 0.5);

        return new(
            contender,
            yardsticks.N,
            yardsticks.Threads,
            step.BytesMoved,
            Quantile(rounds.Select(round => round.Step), 0.5),
            Quantile(rounds.Select(round => round.Step / round.Adam), 0.5),
            Quantile(rounds.Select(round => round.Step / round.Adam), 0.25),
            OfStream(round => round.Copy, yardsticks.Copy.BytesMoved),
            OfStream(round => round.Triad, yardsticks.Triad.BytesMoved),
            Allocated(step, Math.Min(AllocationSteps, stepRepeats)));
    }

    private static int Repeats(IStep step)
    {
        Time(step, 1);
        return (int)Math.Clamp(ShortestSample / Time(step, 3), 1, 10_000);
    }

    /// <summary>Seconds per step.</summary>
    private static double Time(IStep step, int repeats)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
            step.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    private static double Allocated(IStep step, int steps)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < steps; i++)
            step.Step();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / steps;
    }

    private static double Quantile(IEnumerable<double> values, double quantile)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(quantile * (sorted.Length - 1))];
    }
}
