using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class StateDictTests : TorchTests
{
    private static readonly MomentumMix.Options Exact = new() { LearningRate = 0.1, LawLearningRate = 0.01 };

    public static TheoryData<string, MomentumMix.Options> Options => new()
    {
        { "exact", Exact },
        { "delayed", Exact with { Timing = LawTiming.Delayed, SkipNonFinite = false } },
        { "bfloat16", Exact with { MemoryFormat = MemoryFormat.BFloat16 } },
        { "stochastic", Exact with { MemoryFormat = MemoryFormat.BFloat16Stochastic } },
        { "group", Exact with { LawScope = LawScope.ParameterGroup } },
        { "parameter", Exact with { LawScope = LawScope.Parameter, LawInterval = 3 } },
    };

    private static MomentumMix Create(Mlp network, MomentumMix.Options options, bool named = true) => named
        ? new([new TorchOptimizer.ParamGroup(network.Module.named_parameters().Take(2)), new TorchOptimizer.ParamGroup(network.Module.named_parameters().Skip(2), 0.05)], options)
        : new([new TorchOptimizer.ParamGroup(network.Parameters[..2]), new TorchOptimizer.ParamGroup(network.Parameters[2..], 0.05)], options);

    [SkippableTheory, MemberData(nameof(Options))]
    public void A_loaded_state_goes_on_with_the_same_bits(string name, MomentumMix.Options options)
    {
        Assert.NotEmpty(name);
        var (interrupted, resumed) = (new Mlp(), new Mlp(seed: 8));
        using var optimizer = Create(interrupted, options);
        interrupted.Train(optimizer, 7);
        optimizer.ParamGroups.First().LearningRate = 0.075;
        var state = Save(optimizer);
        resumed.CopyFrom(interrupted);
        var expected = interrupted.Train(optimizer, 300, 7);

        // The state brings other rates along than those that it is loaded over.
        using var loaded = Create(resumed, options with { LearningRate = 0.9, LawLearningRate = 0 });
        Load(loaded, state);

        Assert.Equal(0.075, loaded.ParamGroups.First().LearningRate);
        Assert.Equal(0.1, loaded.ParamGroups.First().InitialLearningRate);
        Assert.Equal(0.01, loaded.LawLearningRate);
        Assert.Equal(7, loaded.StepCount);
        Assert.Equal(expected, resumed.Train(loaded, 300, 7));
        Assert.Equal(interrupted.Values(), resumed.Values());
    }

    [SkippableTheory, MemberData(nameof(Options))]
    public void A_state_dict_of_another_optimizer_goes_on_with_the_same_bits(string name, MomentumMix.Options options)
    {
        Assert.NotEmpty(name);
        var (first, second) = (new Mlp(), new Mlp());
        using var optimizer = Create(first, options);
        first.Train(optimizer, 7);
        second.CopyFrom(first);
        using var loaded = Create(second, options with { LearningRate = 0.9, LawLearningRate = 0 });
        loaded.load_state_dict(optimizer.state_dict());

        Assert.All(optimizer.state_dict().State.Zip(loaded.state_dict().State), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));
        Assert.Equal(first.Train(optimizer, 20, 7), second.Train(loaded, 20, 7));
        Assert.Equal(first.Values(), second.Values());
        Assert.All(optimizer.state_dict().State.Skip(1).Zip(Create(second, options).state_dict().State.Skip(1)), pair => Assert.False(pair.First.ApproximatelyEquals(pair.Second)));
    }

    [SkippableFact]
    public void The_state_of_a_parameter_is_found_by_its_index()
    {
        using var optimizer = Create(new Mlp(), Exact);
        var state = optimizer.state_dict();

        Assert.Equal(5, state.State.Count);
        Assert.Equal([[1, 2], [3, 4]], state.StateIndexRef);
    }

    [SkippableFact]
    public void A_state_of_other_names_is_refused_by_name()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Parameters.Select((parameter, i) => ($"layer{i}", parameter)));
        AssertRefuses("The state has 'layer0' where the optimizer has 'one.weight'.", Save(optimizer), network => new MomentumMix(network.Module.named_parameters()));
    }

    [SkippableFact]
    public void A_state_of_other_shapes_is_refused_by_name_and_shape()
    {
        using var optimizer = new MomentumMix([("one.weight", new Parameter(ones(6, 33))), ("one.bias", new Parameter(ones(33))), ("two.weight", new Parameter(ones(3, 33))), ("two.bias", new Parameter(ones(3)))]);
        AssertRefuses("Parameter 'one.weight' has the shape [33, 6], in the state it has [6, 33].", Save(optimizer), network => new MomentumMix(network.Module.named_parameters()));
    }

    [SkippableFact]
    public void A_state_of_other_groups_is_refused_by_name()
    {
        var network = new Mlp();
        var named = network.Module.named_parameters().ToArray();
        using var optimizer = new MomentumMix([new TorchOptimizer.ParamGroup(named[..1]), new TorchOptimizer.ParamGroup(named[1..])]);
        AssertRefuses("Parameter 'one.bias' is in group 0, in the state it is in group 1.", Save(optimizer), network => Create(network, Exact));
    }

    [SkippableFact]
    public void Names_are_compared_only_where_both_have_them()
    {
        var network = new Mlp();
        using var optimizer = Create(network, Exact);
        network.Train(optimizer, 3);
        using var unnamed = Create(new Mlp(), Exact, named: false);
        Load(unnamed, Save(optimizer));
        Assert.Equal(3, unnamed.StepCount);
    }

    [SkippableFact]
    public void A_state_of_another_memory_format_is_refused()
    {
        using var optimizer = Create(new Mlp(), Exact with { MemoryFormat = MemoryFormat.BFloat16 });
        AssertRefuses("The checkpoint holds a memory in BFloat16, the optimizer keeps it in Float32.", Save(optimizer), network => Create(network, Exact));
    }

    [SkippableFact]
    public void A_state_of_another_law_scope_is_refused()
    {
        using var optimizer = Create(new Mlp(), Exact with { LawScope = LawScope.Parameter });
        AssertRefuses("The state has a law for each Parameter, the optimizer one for each Global.", Save(optimizer), network => Create(network, Exact));
    }

    [SkippableFact]
    public void A_state_of_another_class_is_refused()
    {
        var network = new Mlp();
        using var optimizer = new ThreeWay(network.Module.parameters());
        var error = Assert.Throws<InvalidDataException>(() => Load(Create(new Mlp(), Exact), Save(optimizer)));
        Assert.Contains("'ThreeWay'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'MomentumMix'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MomentumMix(new Mlp().Parameters).load_state_dict(optimizer.state_dict()));
        Assert.Equal("The state is that of another kind of optimizer. (Parameter 'state_dict')",
            Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(optim.SGD(network.Parameters, 0.1).state_dict())).Message);
    }

    [SkippableFact]
    public void A_state_dict_of_other_names_or_shapes_is_refused()
    {
        using var optimizer = new MomentumMix([("w", new Parameter(ones(2)))]);
        using var renamed = new MomentumMix([("v", new Parameter(ones(2)))]);
        using var reshaped = new MomentumMix([("w", new Parameter(ones(1, 2)))]);

        Assert.Equal("The state has 'v' where the optimizer has 'w'.", Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(renamed.state_dict())).Message);
        Assert.Equal("Parameter 'w' has the shape [2], in the state it has [1, 2].", Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(reshaped.state_dict())).Message);
    }

    [SkippableFact]
    public void A_truncated_state_changes_nothing_wherever_it_ends()
    {
        var network = new Mlp();
        using var optimizer = Create(network, Exact);
        network.Train(optimizer, 3);
        var state = Save(optimizer);
        var untouched = new Mlp();
        using var loaded = Create(untouched, Exact with { LearningRate = 0.5 });
        untouched.Train(loaded, 2);
        var law = loaded.LawCoefficients().ToArray();
        for (var length = 0; length < state.Length; length += Math.Max(1, state.Length / 40))
        {
            Assert.ThrowsAny<Exception>(() => Load(loaded, state[..length]));
            Assert.Equal(2, loaded.StepCount);
            Assert.Equal(0.5, loaded.ParamGroups.First().LearningRate);
            Assert.Equal(law, loaded.LawCoefficients().ToArray());
        }
        Load(loaded, state);
        Assert.Equal(3, loaded.StepCount);
    }

    [SkippableFact]
    public void A_diverged_run_is_not_saved()
    {
        var parameter = new Parameter(ones(2));
        using var optimizer = new MomentumMix([parameter], new() { SkipNonFinite = false });
        parameter.grad = full(2, double.NaN);
        optimizer.step();

        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => Save(optimizer)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_state_of_one_parameter_is_not_loaded_alone()
    {
        using var optimizer = Create(new Mlp(), Exact);
        foreach (var state in optimizer.state_dict().State)
        {
            Assert.Throws<NotSupportedException>(() => state.LoadStateDict(state));
            Assert.Throws<NotSupportedException>(() => state.Initialize(null!));
            Assert.Throws<InvalidOperationException>(() => state.LoadStateDict(new BinaryReader(new MemoryStream())));
        }
    }

    private static void AssertRefuses(string message, byte[] state, Func<Mlp, MomentumMix> create)
    {
        var network = new Mlp();
        using var optimizer = create(network);
        network.Train(optimizer, 2);
        var law = optimizer.LawCoefficients().ToArray();

        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Load(optimizer, state)).Message);
        Assert.Equal(2, optimizer.StepCount);
        Assert.Equal(law, optimizer.LawCoefficients().ToArray());
    }

    private static byte[] Save(TorchOptimizer optimizer)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
            optimizer.save_state_dict(writer);
        return stream.ToArray();
    }

    private static void Load(TorchOptimizer optimizer, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        optimizer.load_state_dict(reader);
    }
}
