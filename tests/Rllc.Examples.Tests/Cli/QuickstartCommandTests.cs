using Quickstart.Cli;
using Quickstart.Optimizers;
using Shared.Training;
using Spectre.Console;

namespace Rllc.Examples.Tests.Cli;

public sealed class QuickstartCommandTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("--optimizer lion", "--optimizer: 'lion' – expected one of MomentumMix")]
    [InlineData("--dataset cifar", "--dataset: 'cifar' – expected one of strokes, mnist, fashion-mnist")]
    [InlineData("--iterations 0", "--iterations: '0' – expected a whole number from 1 on")]
    [InlineData("--iterations many", "--iterations: 'many'")]
    [InlineData("--iterations 1e3", "--iterations: '1e3'")]
    [InlineData("--seed -1", "--seed: '-1' – expected a whole number from 0 on")]
    [InlineData("--learning-rate 0,03", "--learning-rate: '0,03' – expected a number")]
    [InlineData("--learning-rate NaN", "--learning-rate: 'NaN'")]
    [InlineData("--law-learning-rate -0.1", "--law-learning-rate: '-0.1'")]
    [InlineData("--law-learning-rate 0.1 --optimizer SGD", "--law-learning-rate: sgd has no learning law")]
    [InlineData("--data somewhere", "--data: say which data set")]
    [InlineData("--data somewhere --dataset strokes", "--data: say which data set")]
    [InlineData("--unknown", "--unknown")]
    [InlineData("--threads", "--threads")]
    public void A_wrong_argument_is_told_and_nothing_runs(string arguments, string expected)
    {
        using var culture = new FinnishCulture();

        var (code, output, errors) = Run(arguments.Split(' '));

        Assert.NotEqual(0, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Drawing", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void An_empty_path_is_told()
    {
        var (code, _, errors) = Run("--dataset", "mnist", "--data", "");

        Assert.Equal(1, code);
        Assert.Contains("--data: '' – expected the path of a directory", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_data_are_told_without_a_stack_trace()
    {
        var (code, _, errors) = Run("--dataset", "mnist", "--data", directory.Path);

        Assert.Equal(1, code);
        Assert.Contains("train-images-idx3-ubyte: no such file", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_where_nothing_was_run_is_told()
    {
        var (code, _, errors) = Run("--resume");

        Assert.Equal(1, code);
        Assert.Contains("--resume: there is no run to go on with in", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_with_other_settings_is_told()
    {
        var run = new RunDirectory(Directory.CreateDirectory(directory.File("run")).FullName);
        new RunSettings("MomentumMix", "strokes", null, 0.03, 0.003, 100, 1).Save(run.Settings);

        var (code, _, errors) = Run("--resume", "--optimizer", "Triple", "--seed", "2");

        Assert.Equal(1, code);
        Assert.Contains("is of MomentumMix on strokes (learning rate 0.03, of the law 0.003, seed 1)", errors, StringComparison.Ordinal);
        Assert.Contains("cannot be changed to Triple on strokes (learning rate 0.03, of the law 0.003, seed 2)", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"Optimizer\": \"lion\", \"Dataset\": \"strokes\" }")]
    [InlineData("{ \"Optimizer\"")]
    [InlineData("null")]
    public void Resuming_from_damaged_settings_is_told(string settings)
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory.File("run")).FullName, "settings.json"), settings);

        var (code, _, errors) = Run("--resume");

        Assert.Equal(1, code);
        Assert.Contains("settings.json: not the settings of a run", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_optimizer_and_every_option()
    {
        var (code, output, _) = Run("--help");

        Assert.Equal(0, code);
        Assert.All(Choices.All, choice => Assert.Contains(choice.Name, output, StringComparison.Ordinal));
        Assert.Contains("RLLC_DATA", output, StringComparison.Ordinal);
        Assert.Contains("[default: 3000]", output, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        var code = new QuickstartCommand(console).Parse([.. arguments, "--out", directory.File("run")]).Invoke(new() { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
