using System.CommandLine;
using Quickstart.Data;
using Quickstart.Optimizers;
using Quickstart.Training;
using Spectre.Console;

namespace Quickstart.Cli;

/// <summary>The command line: what can be asked for, and what it means.</summary>
internal sealed class QuickstartCommand : RootCommand
{
    private const int DefaultIterations = 3_000;

    private readonly Option<OptimizerChoice> optimizer = new("--optimizer")
    {
        Description = $"One of: {string.Join("; ", OptimizerChoice.All.Select(choice => $"{choice.Name} ({choice.Description})"))}.",
        HelpName = "NAME",
        CustomParser = OptionArguments.Optimizer,
    };

    private readonly Option<string> dataset = new("--dataset")
    {
        Description = $"{RunSettings.Drawn}: digits drawn by the program; {string.Join(" or ", MnistFiles.Known.Keys)}: IDX files in the directory of --data.",
        HelpName = "NAME",
        CustomParser = OptionArguments.Dataset,
    };

    private readonly Option<string> data = new("--data")
    {
        Description = "Directory of the IDX files (.gz or not), or of subdirectories mnist and fashion-mnist that hold them. Default: the environment variable RLLC_DATA.",
        HelpName = "DIR",
    };

    private readonly Option<double?> learningRate = new("--learning-rate")
    {
        Description = "c₁, constant over the run. Default: 0.03 for optimizers with a law and momentum, 0.1 for sgd, 0.001 for adam.",
        HelpName = "RATE",
        CustomParser = OptionArguments.Rate,
    };

    private readonly Option<double?> lawLearningRate = new("--law-learning-rate")
    {
        Description = "c₂, how fast the learning law follows; 0 keeps it fixed. Default: 0.003.",
        HelpName = "RATE",
        CustomParser = OptionArguments.Rate,
    };

    private readonly Option<int> iterations = new("--iterations")
    {
        Description = $"Training steps of {Trainer.Batch} pictures.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => DefaultIterations,
        CustomParser = result => OptionArguments.Integer(result, 1),
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "What initial parameters, order of the pictures and drawn digits follow from.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
        CustomParser = result => OptionArguments.Integer(result, 0),
    };

    private readonly Option<int> threads = new("--threads")
    {
        Description = "Threads to use, 0 for one per processor. Results do not depend on it.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => 0,
        CustomParser = result => OptionArguments.Integer(result, 0),
    };

    private readonly Option<string> directory = new("--out")
    {
        Description = "Directory for the run's CSV, checkpoint and HTML page; an earlier run in it is overwritten.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("runs", "quickstart"),
    };

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Go on with the run in the directory of --out, to the same result as if it had never stopped. Everything but --iterations and --threads is taken from that run.",
    };

    private readonly IAnsiConsole console;

    public QuickstartCommand(IAnsiConsole console)
        : base("Trains the dense network of the RLLC paper (784-128-128-128-10) with an optimizer declared in one line, and writes down how accuracy and learning law went.")
    {
        this.console = console;
        foreach (var option in new Option[] { optimizer, dataset, data, learningRate, lawLearningRate, iterations, seed, threads, directory, resume })
            Options.Add(option);
        // On a thread of its own, so that Ctrl-C is listened to from the start.
        SetAction((parsed, cancellation) => Task.Run(() => Execute(parsed, cancellation), CancellationToken.None));
    }

    private int Execute(ParseResult parsed, CancellationToken cancellation)
    {
        var faults = string.Join(Environment.NewLine, Faults(parsed));
        if (faults.Length > 0)
        {
            parsed.InvocationConfiguration.Error.WriteLine(faults);
            return 1;
        }

        try
        {
            var target = new RunDirectory(parsed.GetRequiredValue(directory));
            var session = new Session(console, target, parsed.GetValue(threads), parsed.GetValue(resume));
            return session.Run(parsed.GetValue(resume) ? SettingsToResume(parsed, target) : NewSettings(parsed), cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private RunSettings NewSettings(ParseResult parsed)
    {
        var choice = parsed.GetValue(optimizer) ?? OptimizerChoice.All[0];
        var set = parsed.GetValue(dataset) ?? RunSettings.Drawn;
        return new(
            choice.Name, set, set == RunSettings.Drawn ? null : Path.GetFullPath(DataDirectory(parsed.GetValue(data))!),
            parsed.GetValue(learningRate) ?? choice.LearningRate, parsed.GetValue(lawLearningRate) ?? choice.LawLearningRate,
            parsed.GetValue(iterations), parsed.GetValue(seed));
    }

    private RunSettings SettingsToResume(ParseResult parsed, RunDirectory from)
    {
        var settings = RunSettings.Load(from.Settings);
        return parsed.GetResult(iterations) is { Implicit: false } ? settings with { Iterations = parsed.GetValue(iterations) } : settings;
    }

    /// <summary>Faults that no option has alone.</summary>
    private IEnumerable<string> Faults(ParseResult parsed)
    {
        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
        if (parsed.GetValue(resume))
        {
            return new Option[] { optimizer, dataset, data, learningRate, lawLearningRate, seed }.Where(IsGiven)
                .Select(option => $"{option.Name}: --resume goes on with the settings of the run in --out; leave this out.");
        }

        var faults = new List<string>();
        var isDrawn = (parsed.GetValue(dataset) ?? RunSettings.Drawn) == RunSettings.Drawn;
        if (isDrawn && IsGiven(data))
            faults.Add($"--data: say which data set to read from it, --dataset {string.Join(" or ", MnistFiles.Known.Keys)}.");
        if (!isDrawn && DataDirectory(parsed.GetValue(data)) is null)
            faults.Add("--dataset: say where its files are with --data DIR or the environment variable RLLC_DATA.");
        if (IsGiven(lawLearningRate) && parsed.GetValue(optimizer) is { LawLearningRate: null } baseline)
            faults.Add($"--law-learning-rate: {baseline.Name} has no learning law.");
        return faults;
    }

    private static string? DataDirectory(string? given) =>
        given ?? (Environment.GetEnvironmentVariable("RLLC_DATA") is { Length: > 0 } path ? path : null);
}
