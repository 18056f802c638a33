using Rllc.Examples.Tests;
using Rllc.Torch.Tests.Harness;
using Shared.Training;

namespace Rllc.Examples.Torch.Tests.ResNet20;

public sealed class ResNet20ResumeTests : IDisposable
{
    private static readonly string[] Small = ["--batch-size", "8", "--validation", "16", "--record-interval", "2", "--threads", "1"];
    private readonly TemporaryDirectory directory = new();
    private readonly RunDirectory run;

    public ResNet20ResumeTests()
    {
        Libtorch.Require();
        run = new(directory.File("run"));
        BrightPictures.Write(directory.Path, training: 48, test: 16);
    }

    public void Dispose() => directory.Dispose();

    [SkippableFact]
    public void A_resumed_run_holds_to_the_settings_it_was_begun_with()
    {
        Begin(2);

        AssertRefused("cannot be changed to MomentumMix (batches of 16, 16 pictures to validate, a record every 2 steps, seed 1)", "--batch-size", "16");
        AssertRefused("cannot be changed to MomentumMix (batches of 8, 16 pictures to validate, a record every 2 steps, seed 3)", "--seed", "3");
        AssertRefused("has already taken 2 iterations");
        Assert.Equal((0, ""), Resume("--iterations", "3"));
        Assert.Equal(["0", "2", "3"], File.ReadLines(run.Records).Skip(1).Select(line => line.Split(',')[0]));
    }

    [SkippableFact]
    public void A_resumed_run_is_refused_where_training_files_came_or_went()
    {
        Begin(2);
        BrightPictures.Write(directory.Path, training: 40, test: 16);

        AssertRefused("was begun with 48 training pictures, now there are 40", "--iterations", "4");
    }

    [SkippableFact]
    public void Files_of_two_steps_are_not_taken_for_one_run_s()
    {
        Begin(2);
        var (network, records) = (File.ReadAllBytes(run.Network), File.ReadAllBytes(run.Records));
        Begin(4);

        File.WriteAllBytes(run.Records, records);
        AssertRefused("is of iteration 4, but", "--iterations", "6");
        File.WriteAllBytes(run.Network, network);
        AssertRefused("network.dat of 2: they are not of one run", "--iterations", "6");
    }

    [SkippableTheory]
    [InlineData("network.dat", 100, "not the state of this network, or damaged")]
    [InlineData("network.dat", 300_000, "not the state of this network, or damaged")]
    [InlineData("checkpoint.safetensors", 100, "checkpoint.safetensors")]
    [InlineData("settings.json", 20, "settings.json: not the settings of a run")]
    public void Resuming_from_a_truncated_file_is_told(string name, int length, string expected)
    {
        Begin(1);
        var path = Path.Combine(run.Path, name);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        AssertRefused(expected, "--iterations", "2");
    }

    [SkippableFact]
    public void Resuming_where_nothing_was_run_is_told() => AssertRefused("--resume: there is no run to go on with in");

    [SkippableFact]
    public void An_optimizer_of_torch_optim_says_that_it_cannot_be_resumed_and_leaves_no_foreign_checkpoint()
    {
        Begin(1);
        Begin(1, "--optimizer", "adam");

        Assert.False(File.Exists(run.Checkpoint));
        Assert.False(File.Exists(run.Network));
        AssertRefused("keeps no checkpoint; run it again without --resume", "--iterations", "2");
    }

    private void Begin(int iterations, params string[] more)
    {
        var (code, _, errors) = ResNet20Program.Run(
            [.. Small, "--data", directory.Path, "--out", run.Path, "--iterations", FormattableString.Invariant($"{iterations}"), .. more]);
        Assert.Equal((0, ""), (code, errors));
    }

    private (int Code, string Errors) Resume(params string[] arguments)
    {
        var (code, _, errors) = ResNet20Program.Run(["--resume", "--threads", "1", "--out", run.Path, .. arguments]);
        return (code, errors);
    }

    private void AssertRefused(string expected, params string[] arguments)
    {
        var (code, errors) = Resume(arguments);
        Assert.Equal(1, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
