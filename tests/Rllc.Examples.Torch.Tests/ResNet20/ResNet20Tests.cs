using System.Xml;
using System.Xml.Linq;
using Rllc.Examples.Tests;
using Rllc.Torch.Tests.Harness;
using TorchResNet20.Network;
using TorchResNet20.Optimizers;
using TorchResNet20.Training;
using static TorchSharp.torch;

namespace Rllc.Examples.Torch.Tests.ResNet20;

public sealed class ResNet20Tests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public ResNet20Tests() => Libtorch.Require();

    public void Dispose() => directory.Dispose();

    [SkippableFact]
    public void The_network_has_65_tensors_and_272_474_parameters()
    {
        using var network = new ResNet20Module();
        using var scores = network.forward(zeros(2, 3, 32, 32));

        Assert.Equal(65, network.parameters().Count());
        Assert.Equal(272_474, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal([2, 10], scores.shape);
    }

    [SkippableTheory]
    [InlineData("MomentumMix")]
    [InlineData("adam")]
    public void Some_steps_lower_the_loss(string optimizer)
    {
        var choice = Choice.All.Single(choice => choice.Name == optimizer);
        using var run = new ResNet20Run(choice, BrightPictures.Draw(64), BrightPictures.Draw(16), batch: 16, seed: 1, CPU);

        var losses = run.Run(0, 20, 5).Skip(1).Select(record => record.TrainingLoss!.Value).ToList();

        Assert.True(losses[^1] < 0.7 * losses[0], string.Join(" ", losses));
    }

    [SkippableFact]
    public void Fewer_pictures_than_a_batch_are_refused() => Assert.Contains("8 pictures to learn from",
        Assert.Throws<InvalidDataException>(() => new ResNet20Run(Choice.All[0], BrightPictures.Draw(8), BrightPictures.Draw(8), batch: 16, seed: 1, CPU)).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void A_run_names_missing_files_and_leaves_a_record_and_a_well_formed_page()
    {
        BrightPictures.Write(directory.Path, training: 48, test: 16);

        var (code, output, _) = Run("--data", directory.Path, "--iterations", "2", "--batch-size", "16", "--validation", "16");

        Assert.Equal(0, code);
        Assert.Contains("Missing: data_batch_2.bin, data_batch_3.bin", output, StringComparison.Ordinal);
        using var reader = XmlReader.Create(Path.Combine(directory.Path, "run", "report.html"), new() { DtdProcessing = DtdProcessing.Ignore });
        var page = XElement.Load(reader);
        Assert.Equal(["Accuracy", "Learning law"], page.Descendants("h2").Select(title => title.Value));
        Assert.Contains("missing: data_batch_2.bin", page.Value, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(directory.Path, "run", "run.csv")).Length);
    }

    [SkippableTheory]
    [InlineData("--optimizer lion", "--optimizer: 'lion' – expected one of MomentumMix")]
    [InlineData("--batch-size 1", "--batch-size: '1' – expected a whole number from 2 on")]
    [InlineData("--iterations many", "--iterations: 'many' – expected a whole number from 1 on")]
    [InlineData("--data /nowhere/at/all", "no such directory")]
    public void A_wrong_argument_is_told_and_nothing_runs(string arguments, string expected)
    {
        var (code, _, errors) = Run(arguments.Split(' '));

        Assert.NotEqual(0, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments) =>
        ResNet20Program.Run([.. arguments, "--out", directory.File("run")]);
}
