using System.Globalization;
using Spectre.Console;
using static System.FormattableString;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What is printed: a file gets Markdown, which a page of documentation can take over.</summary>
internal static class Report
{
    // No cell of a Markdown table may be broken into two lines.
    private const int FileWidth = 400;

    /// <summary>The machine.</summary>
    public static void Begin()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Console.IsOutputRedirected)
            (AnsiConsole.Profile.Width, AnsiConsole.Profile.Capabilities.Ansi) = (FileWidth, false);
        AnsiConsole.WriteLine(Machine.Description);
    }

    /// <summary>The contenders at one n and number of threads.</summary>
    public static void Steps(string title, IEnumerable<Measurement> measurements)
    {
        var table = NewTable(title);
        table.AddColumns(
            "step", "timing", "M in", "bytes moved", "fetched", "µs", "GB/s moved", "fetched", "of triad", "of reading", "× fused Adam", "p25", "bytes allocated");
        foreach (var column in table.Columns.Skip(3))
            column.RightAligned();
        foreach (var m in measurements)
            table.AddRow(
                m.Contender.Name.EscapeMarkup(),
                m.Contender.Timing?.ToString().ToLowerInvariant() ?? "",
                Name(m.Contender.Format),
                Invariant($"{m.Step.Traffic.Moved}"),
                Invariant($"{m.Step.Traffic.Fetched}"),
                Invariant($"{1e6 * m.Step.Seconds:N1}"),
                Invariant($"{m.Step.Moved:0.0}"),
                Invariant($"{m.Step.Fetched:0.0}"),
                Invariant($"{m.OfTriad:P0}"),
                Invariant($"{m.OfReading:P0}"),
                Invariant($"{m.ToAdam:0.00}"),
                Invariant($"{m.ToAdamLow:0.00}"),
                Invariant($"{m.AllocatedBytes:0}"));
        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
    }

    /// <summary>The goals.</summary>
    public static void Verdicts(IEnumerable<Goal> goals)
    {
        var table = NewTable("Goals").AddColumns("goal", "measured", "verdict", "why");
        foreach (var goal in goals)
            table.AddRow(goal.Text.EscapeMarkup(), goal.Figure, goal.Met ? "met" : "missed", goal.Why.EscapeMarkup());
        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
    }

    private static string Name(MemoryFormat? format) => format switch
    {
        null => "",
        MemoryFormat.BFloat16Stochastic => "bfloat16, stochastic",
        _ => format.ToString()!.ToLowerInvariant(),
    };

    private static Table NewTable(string title) =>
        new Table { Border = Console.IsOutputRedirected ? TableBorder.Markdown : TableBorder.Rounded }.Title(title, Style.Plain);
}
