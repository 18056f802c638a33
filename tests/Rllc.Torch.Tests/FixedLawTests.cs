using Rllc.Torch.Tests.Harness;
using TorchSharp;

namespace Rllc.Torch.Tests;

/// <summary>Known optimizers are fixed laws of a memory.</summary>
public sealed class FixedLawTests : TorchTests
{
    [SkippableFact]
    public void A_memory_of_the_last_gradient_is_gradient_descent() => AssertSame(
        module => new Plain(module.parameters(), new() { LearningRate = 0.05, LawLearningRate = 0, InitialLaw = [1] }),
        module => torch.optim.SGD(module.parameters(), 0.05));

    [SkippableFact]
    public void A_decaying_memory_is_momentum() => AssertSame(
        module => new Momentum(module.parameters(), new() { LearningRate = 0.05, LawLearningRate = 0, InitialLaw = [1] }),
        module => torch.optim.SGD(module.parameters(), 0.05, momentum: 0.9));

    [SkippableFact]
    public void A_decaying_memory_and_the_last_gradient_are_nesterovs_momentum() => AssertSame(
        module => new MomentumMix(module.parameters(), new() { LearningRate = 0.05, LawLearningRate = 0, InitialLaw = [0.9, 1] }),
        module => torch.optim.SGD(module.parameters(), 0.05, momentum: 0.9, nesterov: true));

    [SkippableFact]
    public void A_declared_law_is_the_same_and_asks_for_no_Gram_matrix()
    {
        AssertSame(
            module => new Nesterov(module.parameters(), new() { LearningRate = 0.05 }),
            module => torch.optim.SGD(module.parameters(), 0.05, momentum: 0.9, nesterov: true));
        using var optimizer = new Nesterov(new Mlp().Module.parameters());

        Assert.Equal((0.9, 1), (optimizer.Law.M_0_9, optimizer.Law.M_0));
        Assert.Throws<InvalidOperationException>(() => optimizer.Gram());
        Assert.Throws<ArgumentException>(() => new Nesterov(new Mlp().Module.parameters(), new() { LawLearningRate = 0.01 }));
    }

    [SkippableFact]
    public void The_state_of_a_declared_law_goes_on_with_the_same_bits()
    {
        var (first, second) = (new Mlp(), new Mlp());
        using var optimizer = new Nesterov(first.Module.parameters(), new() { LearningRate = 0.05 });
        first.Train(optimizer, 7);
        second.CopyFrom(first);
        using var loaded = new Nesterov(second.Module.parameters());
        loaded.load_state_dict(optimizer.state_dict());

        Assert.Equal(first.Train(optimizer, 20, 7), second.Train(loaded, 20, 7));
        Assert.Equal(first.Values(), second.Values());
    }

    private static void AssertSame(Func<torch.nn.Module, TorchOptimizer> declared, Func<torch.nn.Module, torch.optim.Optimizer> torchs)
    {
        var (ours, theirs) = (new Mlp(), new Mlp());
        Assert.Equal(ours.Values(), theirs.Values());
        using var optimizer = declared(ours.Module);
        using var reference = torchs(theirs.Module);
        var first = ours.Train(optimizer, 100)[0];
        theirs.Train(reference, 100);

        Assert.All(ours.Values().Zip(theirs.Values()), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.True(ours.Backward() < 0.9 * first, "The comparison says nothing where nothing is learned.");
    }
}
