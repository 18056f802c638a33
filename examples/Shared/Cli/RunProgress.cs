using Shared.Report;
using Spectre.Console;

namespace Shared.Cli;

/// <summary>Shows a run while it goes on: a live bar in a terminal, now and then a plain line elsewhere.</summary>
internal static class RunProgress
{
    private const int PlainLines = 20;

    /// <param name="console">Where to show it.</param>
    /// <param name="from">Iterations taken before.</param>
    /// <param name="to">Iterations in all.</param>
    /// <param name="lawNames">Names of the law's coefficients.</param>
    /// <param name="run">The run, which tells of every record.</param>
    public static T Follow<T>(IAnsiConsole console, int from, int to, IReadOnlyList<string> lawNames, Func<Action<RunRecord>, T> run) =>
        console.Profile.Capabilities.Interactive
            ? Live(console, from, to, lawNames, run)
            : run(Plain(console, to, lawNames));

    private static T Live<T>(IAnsiConsole console, int from, int to, IReadOnlyList<string> lawNames, Func<Action<RunRecord>, T> run)
    {
        var line = "";
        return console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .UseRenderHook((bar, _) => new Rows(bar, new Text(line)))
            .Start(context =>
            {
                var task = context.AddTask("training", maxValue: to);
                task.Value = from;
                return run(record =>
                {
                    line = RunReport.Line(record, lawNames);
                    task.Value = record.Iteration;
                });
            });
    }

    private static Action<RunRecord> Plain(IAnsiConsole console, int to, IReadOnlyList<string> lawNames)
    {
        var next = 0;
        return record =>
        {
            if (record.Iteration < next && record.Iteration < to)
                return;
            next = record.Iteration + to / PlainLines;
            console.Profile.Out.Writer.WriteLine(FormattableString.Invariant($"{record.Iteration,7:0}  {RunReport.Line(record, lawNames)}"));
        };
    }
}
