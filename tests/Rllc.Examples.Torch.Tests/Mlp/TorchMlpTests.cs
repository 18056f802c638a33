using System.Xml;
using System.Xml.Linq;
using Quickstart.Cli;
using Rllc.Examples.Tests;
using Rllc.Torch.Tests.Harness;
using Shared.Cli;
using Shared.Data;
using Shared.Optimizers;
using Shared.Report;
using Shared.Training;
using Spectre.Console;
using TorchMlp.Cli;

namespace Rllc.Examples.Torch.Tests.Mlp;

public sealed class TorchMlpTests : IDisposable
{
    private static readonly DataSplit Data = StrokeDigits.Draw(1, 1300, 200, 200);
    private static readonly RunSettings Settings = new("MomentumMix", "strokes", null, 0.03, 0.003, 150, 1);
    private readonly TemporaryDirectory directory = new();

    public TorchMlpTests() => Libtorch.Require();

    public void Dispose() => directory.Dispose();

    [SkippableFact]
    public void Both_programs_offer_the_same_optimizers_at_the_same_rates() => Assert.Equal(
        QuickstartCommand.Program.Optimizers.Select(choice => (choice.Name, choice.LearningRate, choice.LawLearningRate)),
        TorchMlpCommand.Program.Optimizers.Select(choice => (choice.Name, choice.LearningRate, choice.LawLearningRate)));

    [SkippableTheory]
    [InlineData("MomentumMix", 0.03)]
    [InlineData("Triple", 0.03)]
    [InlineData("TwoSpeeds", 0.03)]
    [InlineData("sgd", 0.1)]
    [InlineData("momentum", 0.03)]
    [InlineData("adam", 0.001)]
    public void A_run_goes_as_the_quickstart_s_goes(string optimizer, double learningRate)
    {
        var settings = Settings with { Optimizer = optimizer, LearningRate = learningRate };

        var expected = Run(QuickstartCommand.Program, settings);
        var actual = Run(TorchMlpCommand.Program, settings);

        // Sums in another order; what they differ by grows while the network learns.
        AssertClose(expected.Records[0], actual.Records[0], 1e-6);
        AssertClose(expected.Records[1], actual.Records[1], 1e-3);
        Assert.Equal(expected.Records[^1].TrainingLoss!.Value, actual.Records[^1].TrainingLoss!.Value, 0.02);
        Assert.Equal(expected.Test!.Value.Accuracy, actual.Test!.Value.Accuracy, 0.03);
        Assert.True(actual.Records[^1].TrainingLoss < 0.75 * actual.Records[1].TrainingLoss);
    }

    [SkippableFact]
    public void A_run_that_was_stopped_and_resumed_ends_with_the_same_bits_as_one_that_was_not()
    {
        var (whole, parts) = (Directory("whole"), Directory("parts"));
        Save(Settings, whole);
        Save(Settings with { Iterations = 100 }, parts);

        Save(Settings, parts, resume: true);

        Assert.Equal(File.ReadAllText(whole.Records), File.ReadAllText(parts.Records));
        Assert.Equal(File.ReadAllBytes(whole.Checkpoint), File.ReadAllBytes(parts.Checkpoint));
    }

    [SkippableFact]
    public void A_run_leaves_a_well_formed_page_with_two_plots()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });

        var code = new Session(console, TorchMlpCommand.Program, new(directory.Path), threads: 1, resume: false)
            .Run(Settings with { Iterations = 100 }, Data, CancellationToken.None);

        Assert.Equal(0, code);
        using var reader = XmlReader.Create(directory.File("report.html"), new() { DtdProcessing = DtdProcessing.Ignore });
        var page = XElement.Load(reader);
        Assert.Equal(["Accuracy", "Learning law"], page.Descendants("h2").Select(title => title.Value));
        Assert.Contains("134,794 parameters", page.Value, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(directory.File("run.csv")).Length);
    }

    [SkippableTheory]
    [InlineData("--optimizer lion", "--optimizer: 'lion' – expected one of MomentumMix")]
    [InlineData("--iterations 0", "--iterations: '0' – expected a whole number from 1 on")]
    [InlineData("--law-learning-rate 0.1 --optimizer adam", "--law-learning-rate: adam has no learning law")]
    public void A_wrong_argument_is_told_and_nothing_runs(string arguments, string expected)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });

        var code = new TorchMlpCommand(console).Parse([.. arguments.Split(' '), "--out", directory.File("run")]).Invoke(new() { Output = output, Error = errors });

        Assert.NotEqual(0, code);
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(directory.File("run")));
    }

    private static void AssertClose(RunRecord expected, RunRecord actual, double tolerance)
    {
        Assert.Equal(expected.Iteration, actual.Iteration);
        Assert.Equal(expected.ValidationLoss, actual.ValidationLoss, tolerance);
        Assert.Equal(expected.Law.Length, actual.Law.Length);
        Assert.All(expected.Law.Zip(actual.Law), law => Assert.Equal(law.First, law.Second, tolerance));
    }

    private static ExperimentResult Run(DigitsProgram program, RunSettings settings)
    {
        using var experiment = new Experiment(program, settings, Data, threads: 1);
        return experiment.Run(_ => { }, CancellationToken.None);
    }

    private static void Save(RunSettings settings, RunDirectory directory, bool resume = false)
    {
        using var experiment = new Experiment(TorchMlpCommand.Program, settings, Data, threads: 1);
        if (resume)
            experiment.Resume(directory);
        experiment.Run(_ => { }, CancellationToken.None);
        experiment.Save(directory);
    }

    private RunDirectory Directory(string name) => new(System.IO.Directory.CreateDirectory(directory.File(name)).FullName);
}
