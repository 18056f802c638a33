using Quickstart.Cli;
using Shared.Data;
using Shared.Training;

namespace Rllc.Examples.Tests.Training;

public class FashionMnistTests
{
    [SkippableFact]
    public void Some_hundred_iterations_learn_to_tell_clothes_apart()
    {
        var data = FashionMnist();
        Assert.Equal((54_000, 6_000, 10_000), (data.Training.Count, data.Validation.Count, data.Test.Count));
        var measured = Normalization.Of(data.Training);
        Assert.Equal(measured.Mean, data.Normalization.Mean, 2e-3f);
        Assert.Equal(measured.Deviation, data.Normalization.Deviation, 2e-3f);

        var result = Train(data, iterations: 400);

        Assert.InRange(result.Test!.Value.Accuracy, 0.80, 0.90);
        Assert.InRange(result.Records[^1].Law[0], 0.5, 1);
        Assert.InRange(result.Records[^1].Law[1], 0.05, 1);
    }
    [SkippableFact]
    public void Ten_thousand_iterations_reach_what_the_paper_reports()
    {
        Skip.If(Environment.GetEnvironmentVariable("RLLC_LONG") is null, "RLLC_LONG is not set (./test.sh --long).");
        var result = Train(FashionMnist(), iterations: 10_000);

        Assert.InRange(result.Test!.Value.Accuracy, 0.88, 0.91);
        var half = result.Records.Single(record => record.Iteration == 2_000).Law;
        Assert.InRange(half[0], 0.25, 0.6);
        Assert.InRange(half[1], 0.7, 1);
        Assert.InRange(result.Records[^1].Law[0], -0.1, 0.1);
    }

    private static DataSplit FashionMnist()
    {
        var directory = Environment.GetEnvironmentVariable("RLLC_DATA");
        Skip.If(string.IsNullOrEmpty(directory), "RLLC_DATA does not name a directory with fashion-mnist.");
        return MnistFiles.Read(directory, "fashion-mnist");
    }

    private static ExperimentResult Train(DataSplit data, int iterations)
    {
        using var experiment = new Experiment(QuickstartCommand.Program, new("MomentumMix", data.Name, null, 0.03, 0.003, iterations, 1), data, threads: 0);
        return experiment.Run(_ => { }, CancellationToken.None);
    }
}
