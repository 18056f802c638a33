using System.CommandLine;
using Shared.Data;
using Shared.Learning;
using Shared.Optimizers;
using Shared.Training;
using Spectre.Console;

namespace Shared.Cli;

/// <summary>The command line of a program that trains the paper's dense network: what can be asked for, and what it means.</summary>
internal abstract class DigitsCommand : RootCommand
{
    private const int DefaultIterations = 3_000, DefaultSeed = 1;
    private const string DataVariable = "RLLC_DATA";

    private readonly Option<string> optimizer = new("--optimizer") { HelpName = "NAME" };

    private readonly Option<string> dataset = new("--dataset")
    {
        Description = $"{RunSettings.Drawn}: digits drawn by the program; {string.Join(" or ", MnistFiles.Known.Keys)}: IDX files in the directory of --data.",
        HelpName = "NAME",
        CustomParser = result => OptionArguments.Name(result, [RunSettings.Drawn, .. MnistFiles.Known.Keys]),
    };

    private readonly Option<string> data = new("--data")
    {
        Description = "Directory of the IDX files (.gz or not), or of subdirectories mnist and fashion-mnist that hold them. Default: the environment variable " + DataVariable + ".",
        HelpName = "DIR",
        CustomParser = OptionArguments.Directory,
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
        Description = $"Training steps of {DenseShape.Batch} pictures.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => DefaultIterations,
        CustomParser = result => OptionArguments.Integer(result, 1),
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "What initial parameters, order of the pictures and drawn digits follow from.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => DefaultSeed,
        CustomParser = result => OptionArguments.Integer(result, 0),
    };

    private readonly Option<int> threads = new("--threads")
    {
        HelpName = "COUNT",
        DefaultValueFactory = _ => 0,
        CustomParser = result => OptionArguments.Integer(result, 0),
    };

    private readonly Option<string> directory = new("--out")
    {
        Description = "Directory for the run's CSV, checkpoint and HTML page; an earlier run in it is overwritten.",
        HelpName = "DIR",
        CustomParser = OptionArguments.Directory,
    };

    private readonly Option<bool> resume = ResumeOption.Create();

    private readonly IAnsiConsole console;
    private readonly DigitsProgram program;

    protected DigitsCommand(IAnsiConsole console, DigitsProgram program) : base(program.Summary)
    {
        this.console = console;
        this.program = program;
        optimizer.Description = $"One of: {string.Join("; ", program.Optimizers.Select(choice => $"{choice.Name} ({choice.Description})"))}.";
        optimizer.CustomParser = result => OptionArguments.Name(result, program.Optimizers.Select(choice => choice.Name));
        threads.Description = $"Threads to use, 0 for one per processor. {program.ThreadsMatter}";
        directory.DefaultValueFactory = _ => program.Directory;
        foreach (var option in new Option[] { optimizer, dataset, data, learningRate, lawLearningRate, iterations, seed, threads, directory, resume })
            Options.Add(option);
        // On a thread of its own, so that Ctrl-C is listened to from the start.
        SetAction((parsed, cancellation) => Task.Run(() => Execute(parsed, cancellation), CancellationToken.None));
    }

    /// <summary>Makes sure that the program can compute here, before it reads or writes anything.</summary>
    /// <exception cref="DllNotFoundException">A native library cannot be loaded; the message says what to do.</exception>
    protected virtual void Prepare()
    {
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
            Prepare();
            var target = new RunDirectory(parsed.GetRequiredValue(directory));
            var session = new Session(console, program, target, parsed.GetValue(threads), parsed.GetValue(resume));
            return session.Run(parsed.GetValue(resume) ? SettingsToResume(parsed, target) : NewSettings(parsed), cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or DllNotFoundException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private RunSettings NewSettings(ParseResult parsed)
    {
        var choice = Choice(parsed) ?? program.Optimizers[0];
        var files = IsDrawn(parsed) ? null : Environment.GetEnvironmentVariable(DataVariable);
        return Override(new(choice.Name, RunSettings.Drawn, files, choice.LearningRate, choice.LawLearningRate, DefaultIterations, DefaultSeed), parsed);
    }

    private RunSettings SettingsToResume(ParseResult parsed, RunDirectory from)
    {
        ResumeOption.RequireRun(from);
        var before = RunSettings.Load(from.Settings, program);
        var now = Override(before, parsed);
        return now.IsRunOf(before) ? now : throw ResumeOption.Changed(from, before, now);
    }

    private RunSettings Override(RunSettings settings, ParseResult parsed) => settings with
    {
        Optimizer = parsed.GetValue(optimizer) ?? settings.Optimizer,
        Dataset = parsed.GetValue(dataset) ?? settings.Dataset,
        DataDirectory = (parsed.GetValue(data) ?? settings.DataDirectory) is { } path ? Path.GetFullPath(path) : null,
        LearningRate = parsed.GetValue(learningRate) ?? settings.LearningRate,
        LawLearningRate = parsed.GetValue(lawLearningRate) ?? settings.LawLearningRate,
        Iterations = IsGiven(parsed, iterations) ? parsed.GetValue(iterations) : settings.Iterations,
        Seed = IsGiven(parsed, seed) ? parsed.GetValue(seed) : settings.Seed,
    };

    /// <summary>Faults of a new run that no option has alone.</summary>
    private IEnumerable<string> Faults(ParseResult parsed)
    {
        if (parsed.GetValue(resume))
            yield break;
        if (IsDrawn(parsed) && IsGiven(parsed, data))
            yield return $"--data: say which data set to read from it, --dataset {string.Join(" or ", MnistFiles.Known.Keys)}.";
        if (!IsDrawn(parsed) && !IsGiven(parsed, data) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataVariable)))
            yield return $"--dataset: say where its files are with --data DIR or the environment variable {DataVariable}.";
        if (IsGiven(parsed, lawLearningRate) && Choice(parsed) is { LawLearningRate: null } baseline)
            yield return $"--law-learning-rate: {baseline.Name} has no learning law.";
    }

    private OptimizerChoice? Choice(ParseResult parsed) => parsed.GetValue(optimizer) is { } name ? program.Find(name) : null;

    private bool IsDrawn(ParseResult parsed) => (parsed.GetValue(dataset) ?? RunSettings.Drawn) == RunSettings.Drawn;

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
