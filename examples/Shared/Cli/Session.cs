using Shared.Data;
using Shared.Optimizers;
using Shared.Training;
using Spectre.Console;

namespace Shared.Cli;

/// <summary>One run as its user sees it: what is going on, the summary, and where the files are.</summary>
internal sealed class Session(IAnsiConsole console, DigitsProgram program, RunDirectory directory, int threads, bool resume)
{
    /// <summary>Exit code of a run stopped by Ctrl-C, as shells know it.</summary>
    public const int Interrupted = 130;

    /// <returns>The exit code.</returns>
    public int Run(RunSettings settings, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory.Path);
        console.WriteLine(settings.DataDirectory is { } source ? $"Reading {settings.Dataset} from {source}" : "Drawing digits");
        return Run(settings, settings.ReadData(), cancellation);
    }

    /// <inheritdoc cref="Run(RunSettings, CancellationToken)"/>
    public int Run(RunSettings settings, DataSplit data, CancellationToken cancellation)
    {
        using var experiment = new Experiment(program, settings, data, threads);
        if (resume)
            experiment.Resume(directory);

        var result = RunProgress.Follow(
            console, experiment.Iteration, settings.Iterations, experiment.LawNames, show => experiment.Run(show, cancellation));
        var checkpointed = experiment.Save(directory);
        RunReport.Page(experiment, result).Write(directory.Report);
        ShowSummary(experiment, result, checkpointed);
        switch (result.Outcome)
        {
            case Outcome.Interrupted:
                console.WriteLine(checkpointed
                    ? $"Stopped; to go on: --resume --out {directory.Path}"
                    : $"Stopped; {settings.Optimizer} keeps no checkpoint to go on from.");
                return Interrupted;
            case Outcome.Diverged:
                console.WriteLine("Stopped: the loss is no longer finite. Try a smaller --learning-rate.");
                return 1;
            default:
                return 0;
        }
    }

    private void ShowSummary(Experiment experiment, ExperimentResult result, bool checkpointed)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        foreach (var (name, value) in RunReport.Facts(experiment, result))
            table.AddRow(new Text(name, Color.Grey), new Text(value));
        console.Write(table);
        foreach (var path in new[] { directory.Report, directory.Records }.Concat(checkpointed ? [directory.Checkpoint] : []))
            console.WriteLine(path);
    }
}
