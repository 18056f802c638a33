using Rllc.Torch.Tests.Harness;
using TorchSharp;

namespace Rllc.Torch.Tests;

/// <summary>Steps of [RmsProp] and [Sgd] on TorchSharp's parameters.</summary>
public sealed class MomentKinTests : TorchTests
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void RMSprop_is_that_of_torch(double momentum) => AssertSame(
        module => momentum == 0
            ? new MyRmsProp(module.parameters(), new() { LearningRate = 0.002, WeightDecay = 0.1 })
            : new RmsPropMomentum(module.parameters(), new() { LearningRate = 0.002, WeightDecay = 0.1 }),
        module => torch.optim.RMSProp(module.parameters(), 0.002, weight_decay: 0.1, momentum: momentum));

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void SGD_is_that_of_torch(double momentum) => AssertSame(
        module => momentum == 0
            ? new MySgd(module.parameters(), new() { LearningRate = 0.05, WeightDecay = 0.1 })
            : new SgdMomentum(module.parameters(), new() { LearningRate = 0.05, WeightDecay = 0.1 }),
        module => torch.optim.SGD(module.parameters(), 0.05, momentum: momentum, weight_decay: 0.1));

    [SkippableFact]
    public void A_buffer_goes_on_from_a_state_with_the_same_bits()
    {
        var (first, second) = (new Mlp(), new Mlp());
        using var optimizer = new SgdCritical(first.Module.parameters(), new() { LearningRate = 0.02 });
        first.Train(optimizer, 9);
        second.CopyFrom(first);
        using var loaded = new SgdCritical(second.Module.parameters());
        loaded.load_state_dict(optimizer.state_dict());

        Assert.Equal(first.Train(optimizer, 20, 9), second.Train(loaded, 20, 9));
        Assert.Equal(first.Values(), second.Values());
    }

    private static void AssertSame(Func<torch.nn.Module, TorchMomentOptimizer> declared, Func<torch.nn.Module, torch.optim.Optimizer> torchs)
    {
        var (ours, theirs) = (new Mlp(), new Mlp());
        using var optimizer = declared(ours.Module);
        using var reference = torchs(theirs.Module);
        ours.Train(optimizer, 100);
        theirs.Train(reference, 100);

        Assert.All(ours.Values().Zip(theirs.Values()), pair => Assert.Equal(pair.Second, pair.First, 2e-6));
    }
}

[RmsProp]
internal sealed partial class MyRmsProp : TorchMomentOptimizer;

[RmsProp(Momentum = 0.9)]
internal sealed partial class RmsPropMomentum : TorchMomentOptimizer;

[Sgd]
internal sealed partial class MySgd : TorchMomentOptimizer;

[Sgd(Momentum = 0.9)]
internal sealed partial class SgdMomentum : TorchMomentOptimizer;

[Sgd(Momentum = 0.9), CriticalGradients(Capacity = 3)]
internal sealed partial class SgdCritical : TorchMomentOptimizer;
