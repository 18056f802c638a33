using Quickstart.Data;
using Quickstart.Training;

namespace Rllc.Examples.Tests.Training;

public class FashionMnistTests
{
    [SkippableFact]
    public void Some_hundred_iterations_learn_to_tell_clothes_apart()
    {
        var directory = Environment.GetEnvironmentVariable("RLLC_DATA");
        Skip.If(string.IsNullOrEmpty(directory), "RLLC_DATA does not name a directory with fashion-mnist.");
        var data = MnistFiles.Read(directory, "fashion-mnist");
        Assert.Equal((54_000, 6_000, 10_000), (data.Training.Count, data.Validation.Count, data.Test.Count));
        var measured = Normalization.Of(data.Training);
        Assert.Equal(measured.Mean, data.Normalization.Mean, 2e-3f);
        Assert.Equal(measured.Deviation, data.Normalization.Deviation, 2e-3f);

        using var experiment = new Experiment(new("MomentumMix", data.Name, directory, 0.03, 0.003, 400, 1), data, threads: 0);
        var result = experiment.Run(_ => { }, CancellationToken.None);

        Assert.InRange(result.Test!.Value.Accuracy, 0.80, 0.90);
        Assert.InRange(result.Records[^1].Law[0], 0.5, 1);
        Assert.InRange(result.Records[^1].Law[1], 0.05, 1);
    }
}
