using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class CheckpointTests : TorchFileTests
{
    private static MomentumMix Create(Mlp network, double learningRate) => new(
        [new TorchOptimizer.ParamGroup(network.Module.named_parameters().Take(2)), new TorchOptimizer.ParamGroup(network.Module.named_parameters().Skip(2), 0.05, 0.001)],
        new() { LearningRate = learningRate, LawLearningRate = 0.01 });

    [SkippableFact]
    public void A_checkpoint_with_parameters_goes_on_with_the_same_bits()
    {
        var (interrupted, resumed) = (new Mlp(), new Mlp(seed: 8));
        using var optimizer = Create(interrupted, 0.1);
        interrupted.Train(optimizer, 7);
        optimizer.ParamGroups.First().LearningRate = 0.075;
        optimizer.save_checkpoint(File, with_parameters: true);
        var expected = interrupted.Train(optimizer, 300, 7);

        using var loaded = Create(resumed, 0.9);
        loaded.ParamGroups.Last().LearningRate = 0.5;
        loaded.load_checkpoint(File, with_parameters: true);

        Assert.Equal([0.075, 0.05], loaded.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.1, 0.05], loaded.ParamGroups.Select(group => group.InitialLearningRate));
        Assert.Equal(expected, resumed.Train(loaded, 300, 7));
        Assert.Equal(interrupted.Values(), resumed.Values());
    }

    [SkippableFact]
    public void A_checkpoint_without_parameters_leaves_them_alone()
    {
        var network = new Mlp();
        using var optimizer = Create(network, 0.1);
        network.Train(optimizer, 3);
        optimizer.save_checkpoint(File);
        network.Train(optimizer, 2);
        var values = network.Values();
        optimizer.load_checkpoint(File);

        Assert.Equal(3, optimizer.StepCount);
        Assert.Equal(values, network.Values());
        Assert.Contains("holds no parameters", Assert.Throws<InvalidDataException>(() => optimizer.load_checkpoint(File, with_parameters: true)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_checkpoint_of_other_names_groups_or_numbers_is_refused_and_changes_nothing()
    {
        var network = new Mlp();
        using var optimizer = Create(network, 0.1);
        network.Train(optimizer, 2);
        var law = optimizer.LawCoefficients().ToArray();
        var named = new Mlp().Module.named_parameters().ToArray();
        AssertRefused("The state has 'layer.one.weight' where the optimizer has 'one.weight'.",
            new MomentumMix([new TorchOptimizer.ParamGroup(named.Select(each => ("layer." + each.name, each.parameter)).Take(2)), new TorchOptimizer.ParamGroup(named[2..])]));
        AssertRefused("Parameter 'one.bias' is in group 0, in the state it is in group 1.",
            new MomentumMix([new TorchOptimizer.ParamGroup(named[..1]), new TorchOptimizer.ParamGroup(named[1..])]));
        AssertRefused("The checkpoint has 4 parameters in 1 groups, the optimizer 4 in 2.", new MomentumMix(named));
        AssertRefused("The checkpoint is of another model: its tensors have [1] parameters, the optimizer's [198,33,99,3].", new MomentumMix([new Parameter(ones(1))]));

        void AssertRefused(string message, MomentumMix other)
        {
            other.save_checkpoint(File);
            other.Dispose();
            Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => optimizer.load_checkpoint(File)).Message, StringComparison.Ordinal);
            Assert.Equal(2, optimizer.StepCount);
            Assert.Equal(law, optimizer.LawCoefficients().ToArray());
        }
    }

    [SkippableFact]
    public void A_checkpoint_of_flat_spans_is_refused()
    {
        using var spans = new MixOfSpans([1]);
        spans.Save(File);
        using var optimizer = new MomentumMix([new Parameter(ones(1))]);

        Assert.Contains("has no 'names' in its metadata", Assert.Throws<InvalidDataException>(() => optimizer.load_checkpoint(File)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Several_laws_are_refused()
    {
        using var optimizer = new MomentumMix([new Parameter(ones(1))], new() { LawScope = LawScope.Parameter });

        Assert.Contains("use save_state_dict", Assert.Throws<NotSupportedException>(() => optimizer.save_checkpoint(File)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => optimizer.load_checkpoint(File));
        Assert.False(System.IO.File.Exists(File));
    }
}
