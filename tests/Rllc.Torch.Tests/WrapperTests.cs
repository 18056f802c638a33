using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

/// <summary>What wrappers have in common: groups, schedulers and states are those of the wrapped optimizer.</summary>
public sealed class WrapperTests : TorchTests
{
    private static readonly Dictionary<string, Func<optim.Optimizer, TorchWrapper>> Wrappers = new()
    {
        ["SAM"] = optimizer => new TorchSam(optimizer, new() { Radius = 0.1 }),
        ["retrospective"] = optimizer => new TorchRetrospective(optimizer, new() { LawLearningRate = 1e-2 }),
        ["both"] = optimizer => new TorchSam(new TorchRetrospective(optimizer, new() { LawLearningRate = 1e-2 }), new() { Radius = 0.1 }),
    };

    private static readonly Dictionary<string, Func<Mlp, optim.Optimizer>> Optimizers = new()
    {
        ["SGD"] = network => optim.SGD(network.Parameters, 0.1, momentum: 0.9),
        ["Adam"] = network => optim.Adam(network.Parameters, 0.01),
        ["RLLC"] = network => new MomentumMix(network.Parameters, new() { LearningRate = 0.05, LawLearningRate = 0.02 }),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var wrapper in Wrappers.Keys)
                foreach (var optimizer in Optimizers.Keys)
                    cases.Add(wrapper, optimizer);
            return cases;
        }
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void A_loaded_state_goes_on_with_the_same_bits(string wrapper, string optimizer)
    {
        using var run = new Run(wrapper, optimizer);
        using var resumed = new Run(wrapper, optimizer);
        run.Train(0, 7);
        run.Wrapper.ParamGroups.First().LearningRate = 0.02;
        var state = Save(run.Wrapper);
        resumed.Network.CopyFrom(run.Network);
        Load(resumed.Wrapper, state);
        Assert.Equal(0.02, resumed.Wrapper.ParamGroups.First().LearningRate);
        run.Train(7, 20);
        resumed.Train(7, 20);

        Assert.Equal(run.Network.Values(), resumed.Network.Values());
        if (run.Wrapper is TorchRetrospective retrospective)
        {
            Assert.Equal(retrospective.Law, ((TorchRetrospective)resumed.Wrapper).Law);
            Assert.NotEqual(1, retrospective.Law);
        }
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void A_state_dict_of_another_wrapper_goes_on_with_the_same_bits(string wrapper, string optimizer)
    {
        using var run = new Run(wrapper, optimizer);
        using var resumed = new Run(wrapper, optimizer);
        run.Train(0, 7);
        resumed.Network.CopyFrom(run.Network);
        resumed.Wrapper.load_state_dict(run.Wrapper.state_dict());
        Assert.All(run.Wrapper.state_dict().State.Zip(resumed.Wrapper.state_dict().State), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));
        run.Train(7, 20);
        resumed.Train(7, 20);

        Assert.Equal(run.Network.Values(), resumed.Network.Values());
    }

    [SkippableTheory]
    [InlineData("SAM")]
    [InlineData("retrospective")]
    public void A_state_of_something_else_is_refused_before_anything_is_changed(string wrapper)
    {
        using var run = new Run(wrapper, "SGD");
        using var adam = new Run(wrapper, "Adam");
        using var declared = new Run(wrapper, "RLLC");
        using var sgd = optim.SGD([.. Enumerable.Range(0, 4).Select(_ => new Parameter(ones(2)))], 0.1, momentum: 0.9);
        using var small = Wrappers[wrapper](sgd);
        run.Train(0, 3);
        adam.Train(0, 3);
        var before = Save(run.Wrapper);
        Assert.Contains("that of a wrapped Adam, the wrapped optimizer is SGD", Assert.Throws<InvalidDataException>(() => Load(run.Wrapper, Save(adam.Wrapper))).Message, StringComparison.Ordinal);
        Assert.Contains("that of a wrapped Adam, the wrapped optimizer is SGD", Assert.Throws<ArgumentException>(() => run.Wrapper.load_state_dict(adam.Wrapper.state_dict())).Message, StringComparison.Ordinal);
        Assert.Contains("shape [33, 6], in the state it is Float32 of shape [2]", Assert.Throws<InvalidDataException>(() => Load(run.Wrapper, Save(small))).Message, StringComparison.Ordinal);
        // Another number of states, which TorchSharp refuses.
        Assert.Throws<ArgumentException>(() => Load(run.Wrapper, Save(declared.Wrapper)));
        Assert.Throws<ArgumentException>("state_dict", () => run.Wrapper.load_state_dict(run.Wrapper.Wrapped.state_dict()));
        Assert.Throws<InvalidDataException>(() => Load(run.Wrapper, Save(run.Wrapper.Wrapped)));

        Assert.Equal(before, Save(run.Wrapper));
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void Schedulers_set_the_rates_of_the_wrapped_optimizer(string wrapper, string optimizer)
    {
        using var run = new Run(wrapper, optimizer);
        var scheduler = optim.lr_scheduler.StepLR(run.Wrapper, 1, 0.5);
        var rate = run.Optimizer.ParamGroups.Single().LearningRate;
        run.Train(0, 1);
        scheduler.step();

        Assert.Equal(rate / 2, run.Optimizer.ParamGroups.Single().LearningRate);
        Assert.Same(run.Wrapper.ParamGroups.Single(), run.Optimizer.ParamGroups.Single());
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void A_group_that_is_added_is_trained_too(string wrapper, string optimizer)
    {
        using var run = new Run(wrapper, optimizer);
        run.Train(0, 2);
        var added = new Parameter(ones(2));
        run.Wrapper.add_param_group(optimizer switch
        {
            "SGD" => new SGD.ParamGroup([added]),
            "Adam" => new Adam.ParamGroup([added]),
            _ => new TorchOptimizer.ParamGroup([added]),
        });
        added.grad = ones(2);
        run.Train(2, 1);
        added.grad = ones(2);
        run.Train(3, 1);

        Assert.Equal(2, run.Wrapper.ParamGroups.Count());
        Assert.Equal(5, run.Wrapper.parameters().Count());
        Assert.NotEqual(1, added[0].item<float>());
        run.Wrapper.zero_grad();
        Assert.Equal(0, added.grad!.sum().item<float>());
        // A method of the base class that is not virtual.
        run.Wrapper.to(CPU);
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void Disposing_a_wrapper_leaves_the_optimizer(string wrapper, string optimizer)
    {
        using var run = new Run(wrapper, optimizer);
        run.Train(0, 2);
        run.Wrapper.Dispose();
        run.Wrapper.Dispose();

        var before = run.Network.Values();
        run.Network.Train(run.Optimizer, 2);
        Assert.NotEqual(before, run.Network.Values());
    }

    private static byte[] Save(OptimizerHelper optimizer)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static void Load(OptimizerHelper optimizer, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        optimizer.load_state_dict(reader);
    }

    private sealed class Run : IDisposable
    {
        public Run(string wrapper, string optimizer)
        {
            Optimizer = Optimizers[optimizer](Network);
            Wrapper = Wrappers[wrapper](Optimizer);
        }

        public Mlp Network { get; } = new();

        public optim.Optimizer Optimizer { get; }

        public TorchWrapper Wrapper { get; }

        public void Train(int first, int count)
        {
            for (var step = first; step < first + count; step++)
            {
                using var loss = Wrapper.step(() => tensor(Network.Backward(step)));
            }
        }

        public void Dispose()
        {
            Wrapper.Dispose();
            Optimizer.Dispose();
        }
    }
}
