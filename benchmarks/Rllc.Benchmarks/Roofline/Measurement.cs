using System.Diagnostics;
using Rllc.Benchmarks.Steps;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What was measured of one contender, always next to the yardsticks of the same rounds.</summary>
/// <param name="Contender">Who.</param>
/// <param name="N">n.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="Step">How fast it was.</param>
/// <param name="Adam">How fast the fused Adam was meanwhile.</param>
/// <param name="Triad">How fast the triad was meanwhile.</param>
/// <param name="Reading">How fast reading alone was meanwhile.</param>
/// <param name="ToAdam">Median of step / fused Adam's step, pair by pair.</param>
/// <param name="ToAdamLow">Its lower quartile: what is left where others disturb less.</param>
/// <param name="OfTriad">Median of bytes moved per second over those of the triad.</param>
/// <param name="OfReading">Median of bytes fetched per second over those of reading alone.</param>
/// <param name="AllocatedBytes">Managed bytes allocated per step by the calling thread.</param>
internal sealed record Measurement(
    Contender Contender,
    int N,
    int Threads,
    Rate Step,
    Rate Adam,
    Rate Triad,
    Rate Reading,
    double ToAdam,
    double ToAdamLow,
    double OfTriad,
    double OfReading,
    double AllocatedBytes)
{
    private const int MinimumRounds = 9;
    private const int AllocationSteps = 300;

    // Shorter ones are repeated: the clock and the branch predictors shall not matter.
    private const double ShortestSample = 2e-4;

    /// <summary>Runs step, Adam, triad, reading, step, Adam, … for about the given time.</summary>
    public static Measurement Of(Contender contender, Yardsticks yardsticks, double seconds)
    {
        using var step = contender.Start(yardsticks);
        IStep[] loops = [step, yardsticks.Adam, yardsticks.Triad, yardsticks.Reading];
        var repeats = loops.Select(Repeats).ToArray();
        var rounds = new List<double[]>();
        for (var clock = Stopwatch.StartNew(); rounds.Count < MinimumRounds || clock.Elapsed.TotalSeconds < seconds;)
            rounds.Add([.. loops.Select((loop, index) => Time(loop, repeats[index]))]);

        Rate RateOf(int loop) => new(loops[loop].Traffic, yardsticks.N, Quantile(rounds.Select(round => round[loop]), 0.5));

        double Ratio(int loop, double quantile) => Quantile(rounds.Select(round => round[0] / round[loop]), quantile);

        double Speed(int loop, Func<Traffic, int> bytes) =>
            Quantile(rounds.Select(round => bytes(step.Traffic) / round[0] / (bytes(loops[loop].Traffic) / round[loop])), 0.5);

        return new(
            contender,
            yardsticks.N,
            yardsticks.Threads,
            Step: RateOf(0),
            Adam: RateOf(1),
            Triad: RateOf(2),
            Reading: RateOf(3),
            ToAdam: Ratio(1, 0.5),
            ToAdamLow: Ratio(1, 0.25),
            OfTriad: Speed(2, traffic => traffic.Moved),
            OfReading: Speed(3, traffic => traffic.Fetched),
            Allocated(step, Math.Min(AllocationSteps, repeats[0])));
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
