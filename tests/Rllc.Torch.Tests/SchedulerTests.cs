using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Rllc.Torch.Tests;

public sealed class SchedulerTests : TorchTests
{
    private static readonly Dictionary<string, Func<TorchSharp.torch.optim.Optimizer, lr_scheduler.LRScheduler>> Schedulers = new()
    {
        ["StepLR"] = optimizer => lr_scheduler.StepLR(optimizer, 2, 0.5),
        ["LambdaLR"] = optimizer => lr_scheduler.LambdaLR(optimizer, epoch => Math.Pow(0.9, epoch)),
        ["MultiStepLR"] = optimizer => lr_scheduler.MultiStepLR(optimizer, [1, 3]),
        ["PolynomialLR"] = optimizer => lr_scheduler.PolynomialLR(optimizer, 10, 2),
        ["MultiplicativeLR"] = optimizer => lr_scheduler.MultiplicativeLR(optimizer, _ => 0.9),
        ["ExponentialLR"] = optimizer => lr_scheduler.ExponentialLR(optimizer, 0.9),
        ["ConstantLR"] = optimizer => lr_scheduler.ConstantLR(optimizer, 0.5, 3),
        ["LinearLR"] = optimizer => lr_scheduler.LinearLR(optimizer, 0.5),
        ["CosineAnnealingLR"] = optimizer => lr_scheduler.CosineAnnealingLR(optimizer, 10),
        ["CyclicLR"] = optimizer => lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, step_size_up: 3, cycle_momentum: false),
        ["OneCycleLR"] = optimizer => lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 20, cycle_momentum: false),
        ["SequentialLR"] = optimizer => lr_scheduler.SequentialLR(optimizer, [lr_scheduler.ConstantLR(optimizer, 0.5, 2), lr_scheduler.ExponentialLR(optimizer, 0.9)], [2]),
        ["ChainedLR"] = optimizer => lr_scheduler.ChainedLR([lr_scheduler.ConstantLR(optimizer, 0.5, 2), lr_scheduler.ExponentialLR(optimizer, 0.9)]),
    };

    public static TheoryData<string> Names => [.. Schedulers.Keys];

    [SkippableTheory, MemberData(nameof(Names))]
    public void A_scheduler_changes_the_rate_as_that_of_sgd_and_the_step_follows(string name)
    {
        var (parameter, other) = (new Parameter(zeros(1)), new Parameter(zeros(1)));
        using var optimizer = new Plain([parameter], new() { LearningRate = 0.05, LawLearningRate = 0 });
        using var reference = SGD([other], 0.05);
        var scheduler = Schedulers[name](optimizer);
        var expected = Schedulers[name](reference);
        parameter.grad = ones(1);
        var rates = new HashSet<double>();
        var moved = 0.0;
        for (var i = 0; i < 8; i++)
        {
            var rate = optimizer.ParamGroups.Single().LearningRate;
            rates.Add(rate);
            Assert.Equal(reference.ParamGroups.Single().LearningRate, rate, 1e-12);
            optimizer.step();
            moved += rate;
            Assert.Equal(-moved, parameter.item<float>(), 1e-5);
            scheduler.step();
            expected.step();
        }

        Assert.True(rates.Count > 1, $"{name} has not changed the learning rate.");
    }

    [SkippableFact]
    public void A_plateau_lowers_the_rate_as_that_of_sgd()
    {
        using var optimizer = new Plain([new Parameter(zeros(1))], new() { LearningRate = 0.05 });
        using var reference = SGD([new Parameter(zeros(1))], 0.05);
        var (scheduler, expected) = (lr_scheduler.ReduceLROnPlateau(optimizer, patience: 1), lr_scheduler.ReduceLROnPlateau(reference, patience: 1));
        for (var i = 0; i < 5; i++)
        {
            scheduler.step(1.0);
            expected.step(1.0);
            Assert.Equal(reference.ParamGroups.Single().LearningRate, optimizer.ParamGroups.Single().LearningRate, 1e-12);
        }

        Assert.NotEqual(0.05, optimizer.ParamGroups.Single().LearningRate);
    }

    [SkippableFact]
    public void A_scheduler_of_momentum_is_refused()
    {
        using var optimizer = new MomentumMix([new Parameter(zeros(1))]);

        Assert.Contains("must support momentum", Assert.Throws<ArgumentException>(() => lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 20)).Message, StringComparison.Ordinal);
        Assert.Contains("must support momentum", Assert.Throws<ArgumentException>(() => lr_scheduler.CyclicLR(optimizer, 0.01, 0.1)).Message, StringComparison.Ordinal);
    }
}
