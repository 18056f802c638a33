using Rllc.Torch.Tests.Harness;
using TorchSharp;

namespace Rllc.Torch.Tests;

/// <summary>Optimizers whose memory a method of their class updates.</summary>
public sealed class MemoryRuleTests : TorchTests
{
    [SkippableFact]
    public void A_direction_of_RMSProp_with_a_fixed_law_is_RMSProp()
    {
        var (ours, theirs) = (new Mlp(), new Mlp());
        using var optimizer = new RmsPropByRule(ours.Module.parameters(), new() { LearningRate = 0.002 });
        using var reference = torch.optim.RMSProp(theirs.Module.parameters(), 0.002, alpha: 0.99, eps: 1e-8);
        var first = ours.Train(optimizer, 100)[0];
        theirs.Train(reference, 100);

        Assert.All(ours.Values().Zip(theirs.Values()), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.NotEqual(first, ours.Train(optimizer, 1)[0]);
        Assert.Equal(1, optimizer.Law.direction);
    }

    [SkippableFact]
    public void Units_hidden_state_and_law_go_on_with_the_same_bits()
    {
        var (first, second) = (new Mlp(), new Mlp());
        using var optimizer = new DirectionAndMomentum(first.Module.parameters(), new() { LearningRate = 0.005, LawLearningRate = 0.001 });
        first.Train(optimizer, 7);
        second.CopyFrom(first);
        using var loaded = new DirectionAndMomentum(second.Module.parameters());
        loaded.load_state_dict(optimizer.state_dict());

        Assert.Equal(first.Train(optimizer, 20, 7), second.Train(loaded, 20, 7));
        Assert.Equal(first.Values(), second.Values());
        Assert.NotEqual(0, optimizer.Law.momentum);
        Assert.Throws<InvalidOperationException>(() => optimizer.LinearMemory);
    }

    [SkippableFact]
    public void The_state_of_a_linear_memory_is_refused()
    {
        var module = new Mlp().Module;
        using var optimizer = new MomentumMix(module.parameters());
        using var rule = new DirectionAndMomentum(module.parameters());

        var fault = Assert.ThrowsAny<ArgumentException>(() => rule.load_state_dict(optimizer.state_dict()));
        Assert.Contains("The state is of another memory: M(0.9) ⊕ M(0), the optimizer's is units direction, momentum; kept direction, momentum, v; rule ", fault.Message, StringComparison.Ordinal);
    }
}

[MemoryRule(nameof(Remember)), FixedLaw(1)]
internal sealed partial class RmsPropByRule : TorchOptimizer
{
    private static partial void Remember<T>(T g, out T direction, [Hidden] ref T v) where T : struct, INumbers<T>
    {
        v = T.FusedMultiplyAdd(g * g - v, T.Create(0.01f), v);
        direction = g / (T.Sqrt(v) + T.Create(1e-8f));
    }
}

[MemoryRule(nameof(Remember))]
internal sealed partial class DirectionAndMomentum : TorchOptimizer
{
    private static partial void Remember<T>(T g, out T direction, ref T momentum, [Hidden] ref T v) where T : struct, INumbers<T>
    {
        v = T.FusedMultiplyAdd(g * g - v, T.Create(0.01f), v);
        direction = g / (T.Sqrt(v) + T.Create(1e-3f));
        momentum = T.FusedMultiplyAdd(momentum, T.Create(0.9f), g);
    }
}
