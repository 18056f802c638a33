using Rllc.Torch.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class RetrospectiveTests : TorchTests
{
    private static readonly Dictionary<string, Func<Mlp, optim.Optimizer>> Optimizers = new()
    {
        ["SGD"] = network => optim.SGD(network.Parameters, 0.1, momentum: 0.9),
        ["Adam"] = network => optim.Adam(network.Parameters, 0.01),
        ["RMSProp"] = network => optim.RMSProp(network.Parameters, 0.01),
        ["fixed law"] = network => new Momentum(network.Parameters, new() { LearningRate = 0.05, LawLearningRate = 0, WeightDecay = 0.01 }),
        ["RLLC"] = network => new MomentumMix(network.Parameters, new() { LearningRate = 0.05, LawLearningRate = 0.02 }),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [SkippableTheory, MemberData(nameof(Names))]
    public void Steps_are_those_of_a_loop_by_hand(string name)
    {
        var (wrapped, byHand) = (new Mlp(), new Mlp());
        using var optimizer = Optimizers[name](wrapped);
        using var reference = Optimizers[name](byHand);
        using var retrospective = new TorchRetrospective(optimizer, new() { LawLearningRate = 2e-3, Epsilon = 1e-6 });
        var (law, d) = (1.0, new double[byHand.Values().Length]);
        for (var step = 0; step < 60; step++)
        {
            using var loss = retrospective.step(() => tensor(wrapped.Backward(step)));
            Assert.Equal(byHand.Backward(step), loss.item<float>(), 1e-4);

            var g = byHand.Gradients().SelectMany(gradient => gradient);
            law += 2e-3 * d.Zip(g, (x, y) => x * y).Sum() / (d.Sum(x => x * x) + 1e-6);
            var before = byHand.Values();
            reference.step();
            d = [.. before.Zip(byHand.Values(), (x, y) => (double)x - y)];
            Set(byHand, [.. before.Zip(d, (x, y) => (float)(x - law * y))]);
            Assert.Equal(new(Applied: true, retrospective.Law), retrospective.LastStep);
            Assert.Equal(law, retrospective.Law, 1e-4);
        }

        Assert.All(byHand.Values().Zip(wrapped.Values()), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        Assert.True(Math.Abs(law - 1) > 0.002, "The comparison says nothing where the law has not learned.");
    }

    private static void Set(Mlp network, float[] values)
    {
        using var guard = no_grad();
        foreach (var parameter in network.Parameters)
        {
            var count = (int)parameter.numel();
            parameter.copy_(tensor(values[..count]).view(parameter.shape));
            values = values[count..];
        }
    }

    [SkippableTheory, MemberData(nameof(Names))]
    public void A_law_that_does_not_learn_leaves_the_bits_of_the_optimizer_alone(string name)
    {
        var (wrapped, plain) = (new Mlp(), new Mlp());
        using var optimizer = Optimizers[name](wrapped);
        using var reference = Optimizers[name](plain);
        using var retrospective = new TorchRetrospective(optimizer, new() { LawLearningRate = 0 });
        Assert.Equal(plain.Train(reference, 30), wrapped.Train(retrospective, 30));

        Assert.Equal(plain.Values(), wrapped.Values());
        Assert.Equal(1, retrospective.Law);
    }

    [SkippableFact]
    public void The_correction_is_that_of_parameters_with_a_gradient()
    {
        var (first, second) = (new Parameter(zeros(1)), new Parameter(zeros(1)));
        using var optimizer = optim.SGD([first, second], 1);
        using var retrospective = new TorchRetrospective(optimizer, new() { LawLearningRate = 0.5, Epsilon = 0 });
        (first.grad, second.grad) = (tensor([1f]), tensor([2f]));
        Assert.Null(retrospective.step());
        first.grad = null;
        second.grad = tensor([4f]);
        retrospective.step();
        // c = 2·4, G = 4.
        Assert.Equal(1 + 0.5 * 8 / 4, retrospective.Law);
        first.grad = tensor([1f]);
        retrospective.step();
        // d is (0, 4) now: c = 4·4, G = 16.
        Assert.Equal(2.5, retrospective.Law);
        Assert.Equal((-1 - 2.5f, -2 - 2 * 4 - 2.5f * 4), (first.item<float>(), second.item<float>()));
    }

    [SkippableFact]
    public void A_step_that_the_optimizer_skips_leaves_law_and_learning_step()
    {
        var parameter = new Parameter(ones(2));
        using var optimizer = new Plain([parameter], new() { LearningRate = 0.5, LawLearningRate = 0 });
        using var retrospective = new TorchRetrospective(optimizer, new() { LawLearningRate = 0.5, Epsilon = 0 });
        parameter.grad = ones(2);
        retrospective.step();
        parameter.grad = tensor([1, float.NaN]);
        retrospective.step();
        Assert.Equal(new(Applied: false, 1), retrospective.LastStep);
        Assert.Equal([0.5f, 0.5f], parameter.data<float>().ToArray());
        parameter.grad = ones(2);
        retrospective.step();

        // d is that of the first step: c = 1, G = 0.5.
        Assert.Equal(new(Applied: true, 2), retrospective.LastStep);
        Assert.Equal([-0.5f, -0.5f], parameter.data<float>().ToArray());
    }

    [SkippableFact]
    public void It_is_wrapped_by_sharpness_aware_minimisation_and_not_the_other_way_round()
    {
        var network = new Mlp();
        using var optimizer = Optimizers["SGD"](network);
        using var retrospective = new TorchRetrospective(optimizer);
        using var sam = new TorchSam(retrospective);
        var (before, after) = (0f, 0f);
        for (var step = 0; step < 40; step++)
        {
            using var loss = sam.step(() => tensor(network.Backward(step)));
            (before, after) = (step == 0 ? loss.item<float>() : before, loss.item<float>());
        }

        Assert.True(after < 0.9 * before);
        Assert.NotEqual(1, retrospective.Law);
        Assert.Contains("the other way round", Assert.Throws<ArgumentException>("optimizer", () => new TorchRetrospective(sam)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Parameters_in_which_the_law_would_be_lost_are_refused()
    {
        var narrow = new Parameter(ones(2).to(bfloat16));
        using var masters = new Plain([narrow], new() { MasterWeights = true });
        Assert.Contains("BFloat16", Assert.Throws<ArgumentException>(() => new TorchRetrospective(masters)).Message, StringComparison.Ordinal);
        using var optimizer = optim.SGD([new Parameter(ones(2))], 0.1);
        using var retrospective = new TorchRetrospective(optimizer);
        Assert.Throws<ArgumentException>(() => retrospective.add_param_group(new ParamGroup { Parameters = [narrow] }));
        Assert.Single(retrospective.ParamGroups);
        Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => new TorchRetrospective(optimizer, new() { LawLearningRate = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => new TorchRetrospective(optimizer, new() { Epsilon = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => retrospective.LawLearningRate = double.NaN);
    }

    [SkippableFact]
    public void A_thousand_steps_leave_no_tensor()
    {
        var network = new Mlp();
        using var optimizer = Optimizers["RLLC"](network);
        using var retrospective = new TorchRetrospective(optimizer);
        network.Train(retrospective, 2);
        var (inScopes, all) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount);
        network.Train(retrospective, 1000);

        Assert.Equal(inScopes, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // The garbage collector may have taken tensors of earlier tests meanwhile.
        Assert.True(Tensor.TotalCount <= all);
    }
}
