using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

/// <summary>States and checkpoints of [Adam] and [AdamW], with and without a buffer, on TorchSharp's parameters.</summary>
public sealed class AdamStateTests : TorchFileTests
{
    [SkippableTheory]
    [InlineData(MemoryFormat.Float32, "state")]
    [InlineData(MemoryFormat.BFloat16Stochastic, "state")]
    [InlineData(MemoryFormat.Float32, "copy")]
    [InlineData(MemoryFormat.Float32, "checkpoint")]
    [InlineData(MemoryFormat.BFloat16Stochastic, "checkpoint")]
    public void A_resumed_run_goes_on_with_the_same_bits(MemoryFormat format, string way)
    {
        var (interrupted, resumed) = (new Mlp(), new Mlp(seed: 8));
        using var optimizer = Create(interrupted, format);
        interrupted.Train(optimizer, 7);
        optimizer.ParamGroups.First().LearningRate = 0.0075;
        using var loaded = Create(resumed, format);
        resumed.Train(loaded, 2);
        resumed.CopyFrom(interrupted);
        switch (way)
        {
            case "state":
                optimizer.save_state_dict(File);
                loaded.load_state_dict(File);
                break;
            case "copy":
                loaded.load_state_dict(optimizer.state_dict());
                break;
            default:
                optimizer.save_checkpoint(File, with_parameters: true);
                loaded.load_checkpoint(File, with_parameters: true);
                break;
        }

        Assert.Equal([0.0075, 0.003], loaded.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(7, loaded.StepCount);
        Assert.True(optimizer.state_dict().State.Zip(loaded.state_dict().State).All(pair => pair.First.ApproximatelyEquals(pair.Second)));
        Assert.Equal(interrupted.Train(optimizer, 30, 7), resumed.Train(loaded, 30, 7));
        Assert.Equal(interrupted.Values(), resumed.Values());
    }

    [SkippableFact]
    public void A_state_of_another_formula_is_refused_and_changes_nothing()
    {
        var (own, others) = (new Mlp(), new Mlp());
        using var optimizer = Create(own, MemoryFormat.Float32);
        own.Train(optimizer, 3);
        var before = optimizer.CopyUnit(0, 0);
        using var other = new Harness.Gradients(others.Module.named_parameters());
        others.Train(other, 2);
        Assert.Equal(
            "The state is of another formula: AdamW, β₁ = 0.9, β₂ = 0.999, ε = 1E-08, 2 critical gradients decaying by 0.9, "
            + "the optimizer's is Adam, β₁ = 0.9, β₂ = 0.999, ε = 1E-08, 3 critical momenta decaying by 0.7.",
            Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(other.state_dict())).Message);
        other.save_checkpoint(File);
        Assert.Throws<InvalidDataException>(() => optimizer.load_checkpoint(File));
        using var law = new MomentumMix(others.Module.named_parameters());
        Assert.Equal(
            "The state is that of another kind of optimizer.",
            Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(law.state_dict())).Message);
        Assert.Equal(
            "The state is that of another kind of optimizer.",
            Assert.Throws<ArgumentException>(() => law.load_state_dict(optimizer.state_dict())).Message);

        Assert.Equal(3, optimizer.StepCount);
        Assert.Equal(before, optimizer.CopyUnit(0, 0));
    }

    [SkippableFact]
    public void A_truncated_state_changes_nothing()
    {
        var network = new Mlp();
        using var optimizer = Create(network, MemoryFormat.Float32);
        network.Train(optimizer, 3);
        optimizer.save_state_dict(File);
        network.Train(optimizer, 1);
        var before = optimizer.CopyUnit(1, 2);
        System.IO.File.WriteAllBytes(File, System.IO.File.ReadAllBytes(File)[..^400]);

        Assert.ThrowsAny<IOException>(() => optimizer.load_state_dict(File));
        Assert.Equal(4, optimizer.StepCount);
        Assert.Equal(before, optimizer.CopyUnit(1, 2));
    }

    [SkippableFact]
    public void A_checkpoint_is_the_same_file_with_master_weights()
    {
        var (narrow, wide) = (new Parameter(full(9, 0.5f).to(bfloat16)), new Parameter(full(9, 0.5f)));
        using var optimizer = new Momenta([narrow], new() { MasterWeights = true });
        using var other = new Momenta([wide]);
        for (var step = 0; step < 4; step++)
        {
            narrow.grad = full(9, 0.25f * step).to(bfloat16);
            optimizer.step();
        }
        optimizer.save_checkpoint(File);
        other.load_checkpoint(File, with_parameters: true);
        other.save_checkpoint(File + ".wide", with_parameters: true);

        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(File + ".wide"));
        Assert.Equal(4, other.StepCount);
    }

    private static Momenta Create(Mlp network, MemoryFormat format) => new(
        [
            new TorchMomentOptimizer.ParamGroup(network.Module.named_parameters().Take(2)),
            new TorchMomentOptimizer.ParamGroup(network.Module.named_parameters().Skip(2), 0.003, 0.001),
        ],
        new() { LearningRate = 0.01, MemoryFormat = format });
}
