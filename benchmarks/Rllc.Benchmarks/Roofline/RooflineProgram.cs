using System.Globalization;
using Spectre.Console;
using static System.FormattableString;

namespace Rllc.Benchmarks.Roofline;

/// <summary>
/// How near the emitted kernels come to the memory's speed, in less than two minutes: every contender in turn with a fused Adam, a
/// triad and a copy, all in one process.
/// </summary>
internal static class RooflineProgram
{
    private const double SecondsEach = 0.9;
    private static readonly int[] Sizes = [1_000, 270_000, 1_000_000, 10_000_000];

    /// <summary>Measures and prints.</summary>
    /// <returns>0: a goal that is missed is a finding, not a failure.</returns>
    public static int Run()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Console.IsOutputRedirected)
            (AnsiConsole.Profile.Width, AnsiConsole.Profile.Capabilities.Ansi) = (160, false);
        AnsiConsole.WriteLine(Machine.Description);
        WarmUp();
        var measurements = new List<Measurement>();
        foreach (var n in Sizes)
            foreach (var threads in Threads(n))
                measurements.AddRange(Measure(n, threads));
        AnsiConsole.Write(GoalTable(Goals.Judge(measurements)));
        return 0;
    }

    // A second thread is of no use for a thousand parameters: the memory is one chunk.
    private static int[] Threads(int n) => n > 100_000 ? [1, 2] : [1];

    /// <summary>Until the just-in-time compiler has its last word on every loop.</summary>
    private static void WarmUp()
    {
        using var yardsticks = new Yardsticks(n: 20_000, threads: 2);
        for (var round = 0; round < 4; round++)
        {
            foreach (var contender in Contender.All)
                Measurement.Of(contender, yardsticks, seconds: 0.02);
            Thread.Sleep(200);
        }
    }

    private static List<Measurement> Measure(int n, int threads)
    {
        using var yardsticks = new Yardsticks(n, threads);
        var measurements = Contender.All.Select(contender => Measurement.Of(contender, yardsticks, SecondsEach)).ToList();
        AnsiConsole.WriteLine();
        AnsiConsole.Write(StepTable(n, threads, measurements));
        return measurements;
    }

    private static Table StepTable(int n, int threads, List<Measurement> measurements)
    {
        var table = NewTable(Invariant($"n = {n:N0}, {threads} thread{(threads == 1 ? "" : "s")}"));
        table.AddColumns("step", "timing", "floats", "µs", "GB/s", "of copy", "of triad", "× fused Adam", "p25", "bytes allocated");
        foreach (var column in table.Columns.Skip(2))
            column.RightAligned();
        foreach (var m in measurements)
            table.AddRow(
                m.Contender.Name,
                m.Contender.Timing?.ToString().ToLowerInvariant() ?? "",
                Invariant($"{m.BytesMoved}"),
                Invariant($"{1e6 * m.Seconds:N1}"),
                Invariant($"{1e-9 * m.BytesPerSecond:0.0}"),
                Invariant($"{m.OfCopy:P0}"),
                Invariant($"{m.OfTriad:P0}"),
                Invariant($"{m.ToAdam:0.00}"),
                Invariant($"{m.ToAdamLow:0.00}"),
                Invariant($"{m.AllocatedBytes:0}"));
        return table;
    }

    private static Table GoalTable(IEnumerable<Goal> goals)
    {
        var table = NewTable("Goals").AddColumns("goal", "measured", "verdict");
        foreach (var goal in goals)
            table.AddRow(goal.Text, goal.Figure, goal.Met ? "met" : "missed");
        return table;
    }

    // A file gets what a page of documentation can take over.
    private static Table NewTable(string title) =>
        new Table { Border = Console.IsOutputRedirected ? TableBorder.Markdown : TableBorder.Rounded }.Title(title, Style.Plain);
}
