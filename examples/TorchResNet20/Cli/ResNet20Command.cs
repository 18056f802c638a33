using System.CommandLine;
using Shared.Cli;
using Shared.Training;
using Spectre.Console;
using TorchResNet20.Optimizers;
using TorchResNet20.Training;
using TorchSharp;

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

    private readonly Option<string> device = new("--device")
    {
        Description = "cpu or cuda. A run may be resumed on the other one; its last digits then differ.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "cpu",
        CustomParser = result => OptionArguments.Name(result, ["cpu", "cuda"]),
    };

    private readonly Option<int> iterations = IntegerOption.Create("--iterations", 1, 2_000, "Training steps.");
    private readonly Option<int> batchSize = IntegerOption.Create("--batch-size", 2, 128, "Pictures of a step.");
    private readonly Option<int> validation = IntegerOption.Create("--validation", 1, 5_000, "Pictures at the end of the training files that are kept for validation.");
    private readonly Option<int> interval = IntegerOption.Create("--record-interval", 1, 100, "Steps from one record, with its validation, to the next.");
    private readonly Option<int> seed = IntegerOption.Create("--seed", 0, 1, "What initial parameters, order of the pictures and augmentation follow from.");
    private readonly Option<int> threads = IntegerOption.Create("--threads", 0, 0, "Threads to use, 0 for one per processor.");

    private readonly Option<string> directory = new("--out")
    {
        Description = "Directory for the run's CSV, checkpoint and HTML page; an earlier run in it is overwritten.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("runs", "torch-resnet20"),
        CustomParser = OptionArguments.Directory,
    };

    private readonly Option<bool> resume = ResumeOption.Create();
    private readonly IAnsiConsole console;

    public ResNet20Command(IAnsiConsole console)
        : base("Trains a ResNet-20 on CIFAR-10 through TorchSharp, with an optimizer declared in one line or one of torch.optim.")
    {
        this.console = console;
        foreach (var option in new Option[] { optimizer, data, iterations, batchSize, validation, interval, seed, device, threads, directory, resume })
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.Run(() => Execute(parsed, cancellation), CancellationToken.None));
    }

    private int Execute(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            TorchLibrary.Require(typeof(torch));
            var target = new RunDirectory(parsed.GetRequiredValue(directory));
            var settings = parsed.GetValue(resume) ? SettingsToResume(parsed, target) : Settings(parsed, before: null);
            return new ResNet20Session(console, target, Device(parsed), parsed.GetValue(threads), parsed.GetValue(resume)).Run(settings, cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or DllNotFoundException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private torch.Device Device(ParseResult parsed)
    {
        if (parsed.GetRequiredValue(device) == "cpu")
            return torch.CPU;
        if (!torch.cuda_is_available())
            throw new InvalidDataException("--device: libtorch finds no CUDA device here. Build with -p:TorchPackage=TorchSharp-cuda-linux (or -cuda-windows), on a machine with NVIDIA's driver.");
        return torch.CUDA;
    }

    private ResNet20Settings SettingsToResume(ParseResult parsed, RunDirectory from)
    {
        ResumeOption.RequireRun(from);
        var before = ResNet20Settings.Load(from.Settings);
        var now = Settings(parsed, before);
        return now.IsRunOf(before) ? now : throw ResumeOption.Changed(from, before, now);
    }

    /// <summary>What the arguments ask for; what they leave open is as in the run of before or, for a new run, as usual.</summary>
    private ResNet20Settings Settings(ParseResult parsed, ResNet20Settings? before)
    {
        var source = parsed.GetValue(data) ?? before?.DataDirectory ?? Environment.GetEnvironmentVariable(DataVariable);
        if (string.IsNullOrEmpty(source))
            throw new FileNotFoundException($"Say where CIFAR-10's binary files are with --data DIR or the environment variable {DataVariable}.");
        return new(
            Chosen(optimizer, settings => settings.Optimizer), Path.GetFullPath(source), Chosen(iterations, settings => settings.Iterations),
            Chosen(batchSize, settings => settings.BatchSize), Chosen(validation, settings => settings.Validation),
            Chosen(interval, settings => settings.RecordInterval), Chosen(seed, settings => settings.Seed))
        {
            Pictures = before?.Pictures ?? 0,
        };

        T Chosen<T>(Option<T> option, Func<ResNet20Settings, T> earlier) =>
            before is null || parsed.GetResult(option) is { Implicit: false } ? parsed.GetRequiredValue(option) : earlier(before);
    }
}
