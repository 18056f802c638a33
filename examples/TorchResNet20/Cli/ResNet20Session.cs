using System.Diagnostics;
using Shared.Cli;
using Shared.Report;
using Shared.Training;
using Spectre.Console;
using TorchResNet20.Data;
using TorchResNet20.Optimizers;
using TorchResNet20.Training;
using static System.FormattableString;
using static TorchSharp.torch;

namespace TorchResNet20.Cli;

/// <summary>One run as its user sees it: what is going on, the summary, and where the files are.</summary>
internal sealed class ResNet20Session(IAnsiConsole console, RunDirectory directory, Device device, int threads, bool resume)
{
    /// <returns>The exit code.</returns>
    public int Run(ResNet20Settings settings, CancellationToken cancellation)
    {
        console.WriteLine($"Reading CIFAR-10 from {settings.DataDirectory}");
        var files = CifarFiles.Read(settings.DataDirectory);
        var pictures = files.Training.Count;
        if (pictures <= settings.Validation)
            throw new InvalidDataException(Invariant($"--validation: {settings.Validation} pictures to keep, but there are {pictures} in all."));
        if (resume && pictures != settings.Pictures)
            throw new InvalidDataException(Invariant($"The run in {directory.Path} was begun with {settings.Pictures} training pictures, now there are {pictures} in {settings.DataDirectory}."));
        if (files.Missing.Count > 0)
            console.WriteLine(Invariant($"Missing: {string.Join(", ", files.Missing)}; the run has {pictures:N0} of CIFAR-10's 50,000 training pictures"));
        set_num_threads(threads > 0 ? threads : Environment.ProcessorCount);
        return Train(settings with { Pictures = pictures }, files, cancellation);
    }

    private int Train(ResNet20Settings settings, CifarFiles files, CancellationToken cancellation)
    {
        var choice = Choice.All.Single(choice => choice.Name == settings.Optimizer);
        var learnt = files.Training.Count - settings.Validation;
        using var run = new ResNet20Run(
            choice, files.Training.Slice(0, learnt), files.Training.Slice(learnt, settings.Validation), settings.BatchSize, settings.Seed, device);
        var records = resume ? Resumption.Load(directory, run.LawNames, settings.Iterations, () => run.Load(directory)) : [];
        Directory.CreateDirectory(directory.Path);

        var from = records.Count > 0 ? records[^1].Iteration : 0;
        var watch = Stopwatch.StartNew();
        var outcome = RunProgress.Follow(
            console, from, settings.Iterations, run.LawNames, show => Train(run, settings, from, records, show, cancellation));
        var time = watch.Elapsed;

        settings.Save(directory.Settings);
        RunCsv.Write(directory.Records, run.LawNames, records);
        var checkpointed = run.Save(directory);
        var facts = Facts(run, choice, settings, files, records[^1], time, outcome == Outcome.Completed).ToList();
        new HtmlReport($"{choice.Name} on CIFAR-10", facts, RunReport.Figures(records, run.LawNames, settings.RecordInterval)).Write(directory.Report);
        ShowSummary(facts, checkpointed);
        switch (outcome)
        {
            case Outcome.Interrupted:
                console.WriteLine(checkpointed
                    ? $"Stopped; to go on: --resume --out {directory.Path}"
                    : $"Stopped; {choice.Name} keeps no checkpoint to go on from.");
                return Session.Interrupted;
            case Outcome.Diverged:
                console.WriteLine("Stopped: the loss is no longer finite.");
                return 1;
            default:
                return 0;
        }
    }

    private static Outcome Train(
        ResNet20Run run, ResNet20Settings settings, int from, List<RunRecord> records, Action<RunRecord> show, CancellationToken cancellation)
    {
        foreach (var record in run.Run(from, settings.Iterations, settings.RecordInterval))
        {
            records.Add(record);
            show(record);
            if (!double.IsFinite(record.TrainingLoss ?? 0))
                return Outcome.Diverged;
            if (cancellation.IsCancellationRequested && record.Iteration > 0 && record.Iteration < settings.Iterations)
                return Outcome.Interrupted;
        }

        return Outcome.Completed;
    }

    private IEnumerable<(string Name, string Value)> Facts(
        ResNet20Run run, Choice choice, ResNet20Settings settings, CifarFiles files, RunRecord last, TimeSpan time, bool completed)
    {
        yield return ("Optimizer", $"{choice.Name}: {choice.Description}");
        yield return ("Data", Invariant($"CIFAR-10: {files.Training.Count - settings.Validation:N0} pictures to learn, {settings.Validation:N0} to validate, {files.Test.Count:N0} to test{(files.Missing.Count > 0 ? $"; missing: {string.Join(", ", files.Missing)}" : "")}"));
        yield return ("Network", Invariant($"ResNet-20, {run.ParameterCount:N0} parameters"));
        yield return ("Iterations", Invariant($"{last.Iteration:N0} of {settings.Iterations:N0}, {settings.BatchSize} pictures each, seed {settings.Seed}"));
        yield return ("Time", Invariant($"{time.TotalSeconds:0.0} s on {device.type}, validation included"));
        yield return ("Training", last.TrainingLoss is { } loss ? Invariant($"{RunReport.Percent(last.TrainingAccuracy)}, loss {loss:0.0000}") : "–");
        yield return ("Validation", Invariant($"{RunReport.Percent(last.ValidationAccuracy)}, loss {last.ValidationLoss:0.0000}"));
        if (completed)
        {
            var test = run.Evaluate(files.Test);
            yield return ("Test", Invariant($"{RunReport.Percent(test.Accuracy)}, loss {test.Loss:0.0000}"));
        }

        if (run.LawNames.Count > 0)
            yield return ("Learning law", RunReport.Law(run.LawNames, last.Law));
    }

    private void ShowSummary(IReadOnlyList<(string Name, string Value)> facts, bool checkpointed)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        foreach (var (name, value) in facts)
            table.AddRow(new Text(name, Color.Grey), new Text(value));
        console.Write(table);
        foreach (var path in new[] { directory.Report, directory.Records }.Concat(checkpointed ? [directory.Checkpoint, directory.Network] : []))
            console.WriteLine(path);
    }
}
