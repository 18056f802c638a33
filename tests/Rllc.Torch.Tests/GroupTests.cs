using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using PlainGroup = TorchSharp.Modules.ParamGroup;

namespace Rllc.Torch.Tests;

public sealed class GroupTests : TorchTests
{
    [SkippableFact]
    public void Groups_have_rates_of_their_own_and_share_the_law()
    {
        var network = new Mlp();
        var parameters = network.Parameters;
        using var optimizer = new MomentumMix([
            new TorchOptimizer.ParamGroup(parameters[..2], learningRate: 0.1, weightDecay: 0.2),
            new TorchOptimizer.ParamGroup(parameters[2..], learningRate: 0),
        ]);
        var before = network.Values();
        network.Train(optimizer, 5);
        var after = network.Values();
        var first = (int)(parameters[0].NumberOfElements + parameters[1].NumberOfElements);

        Assert.Equal(before[first..], after[first..]);
        Assert.NotEqual(before[..first], after[..first]);
        Assert.Equal(1, optimizer.LawCount);
        Assert.Equal([0.1, 0], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [SkippableFact]
    public void A_group_without_rates_gets_the_options()
    {
        using var optimizer = new MomentumMix(
            [new TorchOptimizer.ParamGroup([new Parameter(ones(1))]), new PlainGroup { Parameters = [new Parameter(ones(1))] }],
            new() { LearningRate = 0.25, WeightDecay = 0.5 });

        Assert.All(optimizer.ParamGroups, group =>
        {
            Assert.Equal(0.25, group.LearningRate);
            Assert.Equal(0.25, group.InitialLearningRate);
            Assert.Equal(0.5, Assert.IsType<TorchOptimizer.GroupOptions>(((PlainGroup)group).Options).WeightDecay);
        });
    }

    [SkippableFact]
    public void A_plain_group_of_TorchSharp_keeps_its_learning_rate()
    {
        var group = new PlainGroup { Parameters = [new Parameter(ones(1))], Options = new TorchSharp.Modules.OptimizerOptions { LearningRate = 0.5 } };
        using var optimizer = new MomentumMix([group]);
        group.LearningRate /= 2;

        Assert.Equal(0.25, optimizer.ParamGroups.Single().LearningRate);
    }

    [SkippableFact]
    public void Parameters_are_enumerated_once()
    {
        var enumerations = 0;
        IEnumerable<Parameter> Lazy()
        {
            enumerations++;
            yield return new Parameter(ones(2));
        }

        using var optimizer = new MomentumMix(Lazy());
        optimizer.step();
        optimizer.zero_grad();

        Assert.Single(optimizer.parameters());
        Assert.Equal(1, enumerations);
    }

    [SkippableFact]
    public void An_added_group_begins_with_an_empty_memory_and_the_others_keep_theirs()
    {
        var (grown, whole) = (new Mlp(), new Mlp());
        var parameters = grown.Parameters;
        using var optimizer = new MomentumMix(parameters[..2], new() { LearningRate = 0.1 });
        using var reference = new MomentumMix(whole.Parameters[..2], new() { LearningRate = 0.1 });
        Assert.Equal(grown.Train(optimizer, 5), whole.Train(reference, 5));
        var added = new TorchOptimizer.ParamGroup(parameters[2..], learningRate: 0);
        optimizer.add_param_group(added);

        Assert.Equal(5, optimizer.StepCount);
        Assert.Equal(reference.LawCoefficients().ToArray(), optimizer.LawCoefficients().ToArray());
        Assert.Equal(reference.Gram().ToRowMajor(), optimizer.Gram().ToRowMajor());
        // Without gradients of the new parameters nothing differs.
        foreach (var parameter in parameters[2..])
            parameter.requires_grad = false;
        foreach (var parameter in whole.Parameters[2..])
            parameter.requires_grad = false;
        grown.Train(optimizer, 3);
        whole.Train(reference, 3);
        Assert.All(whole.Values().Zip(grown.Values()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        // With them the law learns from all.
        foreach (var parameter in parameters[2..])
            parameter.requires_grad = true;
        added.LearningRate = 0.1;
        var before = grown.Values();
        grown.Train(optimizer, 1);
        Assert.All(before.Zip(grown.Values()), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [SkippableFact]
    public void A_group_that_is_refused_leaves_the_optimizer_as_it_was()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.parameters());
        network.Train(optimizer, 3);
        var fine = new Parameter(ones(2));
        var group = new TorchOptimizer.ParamGroup([fine, network.Parameters[0]]);
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(group));

        Assert.Single(optimizer.ParamGroups);
        Assert.Equal(4, optimizer.parameters().Count());
        Assert.Null(group.Options.LearningRate);
        network.Train(optimizer, 1);
        Assert.Equal(4, optimizer.StepCount);
    }

    [SkippableFact]
    public void With_a_law_for_each_group_each_is_an_optimizer_of_its_own()
    {
        var (together, apart) = (new Mlp(), new Mlp());
        using var optimizer = new MomentumMix(
            [new TorchOptimizer.ParamGroup(together.Parameters[..2]), new TorchOptimizer.ParamGroup(together.Parameters[2..], learningRate: 0.2)],
            new() { LearningRate = 0.1, LawScope = LawScope.ParameterGroup });
        using var first = new MomentumMix(apart.Parameters[..2], new() { LearningRate = 0.1 });
        using var second = new MomentumMix(apart.Parameters[2..], new() { LearningRate = 0.2 });
        for (var step = 0; step < 20; step++)
        {
            Assert.Equal(apart.Backward(step), together.Backward(step));
            optimizer.step();
            first.step();
            second.step();
        }

        Assert.Equal(2, optimizer.LawCount);
        Assert.Equal(first.Law.M_0_9, optimizer.LawOf(0).M_0_9);
        Assert.Equal(second.Law.M_0_9, optimizer.LawOf(1).M_0_9);
        Assert.NotEqual(first.Law.M_0_9, second.Law.M_0_9);
        Assert.Equal(Math.Sqrt(Square(first) + Square(second)), optimizer.LastStep.GradientNorm, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LawOf(2).M_0);
    }

    [SkippableFact]
    public void With_a_law_for_each_parameter_an_added_one_gets_its_own()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Parameters[..3], new() { LawScope = LawScope.Parameter });
        network.Train(optimizer, 5);
        double[] before = [.. Enumerable.Range(0, 3).Select(law => optimizer.LawOf(law).M_0)];
        optimizer.add_param_group(new TorchOptimizer.ParamGroup(network.Parameters[3..]));

        Assert.Equal(4, optimizer.LawCount);
        Assert.Equal(before, Enumerable.Range(0, 3).Select(law => optimizer.LawOf(law).M_0));
        Assert.Equal(0, optimizer.LawOf(3).M_0);
        Assert.Equal(3, before.Distinct().Count());
        network.Train(optimizer, 2);
        Assert.NotEqual(0, optimizer.LawOf(3).M_0);
    }

    private static double Square(MomentumMix optimizer) => optimizer.LastStep.GradientNorm * optimizer.LastStep.GradientNorm;
}
