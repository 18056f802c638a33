using System.CommandLine;
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

/// <summary>The command line: what can be asked for, and what it means.</summary>
internal sealed class ResNet20Command : RootCommand
{
    private const string DataVariable = "RLLC_DATA";

    private readonly Option<string> optimizer = new("--optimizer")
    {
        Description = $"One of: {string.Join("; ", Choice.All.Select(choice => $"{choice.Name} ({choice.Description})"))}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Choice.All[0].Name,
        CustomParser = result => OptionArguments.Name(result, Choice.All.Select(choice => choice.Name)),
    };

    private readonly Option<string> data = new("--data")
    {
        Description = $"Directory of data_batch_1.bin to data_batch_5.bin and test_batch.bin (.gz or not), or of a subdirectory cifar-10 that holds them. Default: the environment variable {DataVariable}.",
        HelpName = "DIR",
        CustomParser = OptionArguments.Directory,
    };

    private readonly Option<int> iterations = Integer("--iterations", 1, 2_000, "Training steps.");
    private readonly Option<int> batchSize = Integer("--batch-size", 2, 128, "Pictures of a step.");
    private readonly Option<int> validation = Integer("--validation", 1, 5_000, "Pictures at the end of the training files that are kept for validation.");
    private readonly Option<int> interval = Integer("--record-interval", 1, 100, "Steps from one record, with its validation, to the next.");
    private readonly Option<int> seed = Integer("--seed", 0, 1, "What initial parameters, order of the pictures and augmentation follow from.");
    private readonly Option<int> threads = Integer("--threads", 0, 0, "Threads to use, 0 for one per processor.");

    private readonly Option<string> directory = new("--out")
    {
        Description = "Directory for the run's CSV and HTML page; an earlier run in it is overwritten.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("runs", "torch-resnet20"),
        CustomParser = OptionArguments.Directory,
    };

    private readonly IAnsiConsole console;

    public ResNet20Command(IAnsiConsole console)
        : base("Trains a ResNet-20 on CIFAR-10 through TorchSharp, on the CPU: declared optimizers refuse parameters on CUDA at present.")
    {
        this.console = console;
        foreach (var option in new Option[] { optimizer, data, iterations, batchSize, validation, interval, seed, threads, directory })
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.Run(() => Execute(parsed, cancellation), CancellationToken.None));
    }

    private static Option<int> Integer(string name, int least, int usual, string description) => new(name)
    {
        Description = description,
        HelpName = "COUNT",
        DefaultValueFactory = _ => usual,
        CustomParser = result => OptionArguments.Integer(result, least),
    };

    private int Execute(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var source = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable(DataVariable);
            if (string.IsNullOrEmpty(source))
                throw new FileNotFoundException($"Say where CIFAR-10's binary files are with --data DIR or the environment variable {DataVariable}.");
            console.WriteLine($"Reading CIFAR-10 from {source}");
            return Train(parsed, CifarFiles.Read(source), cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private int Train(ParseResult parsed, CifarFiles files, CancellationToken cancellation)
    {
        var choice = Choice.All.Single(choice => choice.Name == parsed.GetValue(optimizer));
        var (steps, batch, kept) = (parsed.GetValue(iterations), parsed.GetValue(batchSize), parsed.GetValue(validation));
        if (files.Training.Count <= kept)
            throw new InvalidDataException(Invariant($"--validation: {kept} pictures to keep, but there are {files.Training.Count} in all."));
        if (files.Missing.Count > 0)
            console.WriteLine(Invariant($"Missing: {string.Join(", ", files.Missing)}; the run has {files.Training.Count:N0} of CIFAR-10's 50,000 training pictures"));
        set_num_threads(parsed.GetValue(threads) is > 0 and var count ? count : Environment.ProcessorCount);

        var learnt = files.Training.Count - kept;
        using var run = new ResNet20Run(choice, files.Training.Slice(0, learnt), files.Training.Slice(learnt, kept), batch, parsed.GetValue(seed));
        var target = new RunDirectory(parsed.GetRequiredValue(directory));
        Directory.CreateDirectory(target.Path);
        var records = new List<RunRecord>();
        var watch = Stopwatch.StartNew();
        var finished = RunProgress.Follow(console, 0, steps, run.LawNames, show =>
        {
            foreach (var record in run.Run(steps, parsed.GetValue(interval)))
            {
                records.Add(record);
                show(record);
                if (!double.IsFinite(record.TrainingLoss ?? 0) || cancellation.IsCancellationRequested)
                    return false;
            }

            return true;
        });
        var time = watch.Elapsed;

        var last = records[^1];
        var facts = new List<(string Name, string Value)>
        {
            ("Optimizer", $"{choice.Name}: {choice.Description}"),
            ("Data", Invariant($"CIFAR-10: {learnt:N0} pictures to learn, {kept:N0} to validate, {files.Test.Count:N0} to test{(files.Missing.Count > 0 ? $"; missing: {string.Join(", ", files.Missing)}" : "")}")),
            ("Network", Invariant($"ResNet-20, {run.ParameterCount:N0} parameters")),
            ("Iterations", Invariant($"{last.Iteration:N0} of {steps:N0}, {batch} pictures each, seed {parsed.GetValue(seed)}")),
            ("Time", Invariant($"{time.TotalSeconds:0.0} s, validation included")),
            ("Training", last.TrainingLoss is { } loss ? Invariant($"{RunReport.Percent(last.TrainingAccuracy)}, loss {loss:0.0000}") : "–"),
            ("Validation", Invariant($"{RunReport.Percent(last.ValidationAccuracy)}, loss {last.ValidationLoss:0.0000}")),
        };
        if (finished)
        {
            var test = run.Evaluate(files.Test);
            facts.Add(("Test", Invariant($"{RunReport.Percent(test.Accuracy)}, loss {test.Loss:0.0000}")));
        }

        if (run.LawNames.Count > 0)
            facts.Add(("Learning law", RunReport.Law(run.LawNames, last.Law)));
        Write(target, choice, run, records, facts, parsed.GetValue(interval));
        if (finished)
            return 0;
        console.WriteLine(cancellation.IsCancellationRequested ? "Stopped." : "Stopped: the loss is no longer finite.");
        return cancellation.IsCancellationRequested ? Session.Interrupted : 1;
    }

    private void Write(RunDirectory target, Choice choice, ResNet20Run run, List<RunRecord> records, IReadOnlyList<(string Name, string Value)> facts, int interval)
    {
        RunCsv.Write(target.Records, run.LawNames, records);
        new HtmlReport($"{choice.Name} on CIFAR-10", facts, RunReport.Figures(records, run.LawNames, interval)).Write(target.Report);
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        foreach (var (name, value) in facts)
            table.AddRow(new Text(name, Color.Grey), new Text(value));
        console.Write(table);
        console.WriteLine(target.Report);
        console.WriteLine(target.Records);
    }
}
