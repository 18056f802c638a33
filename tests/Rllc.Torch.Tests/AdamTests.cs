using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

/// <summary>Steps of [Adam] and [AdamW] on TorchSharp's parameters.</summary>
public sealed class AdamTests : TorchTests
{
    private const int Steps = 50;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_groups_under_a_scheduler_come_to_what_those_of_torch_come_to(bool isDecoupled)
    {
        var (own, torchs) = (new Mlp(), new Mlp());
        using OptimizerHelper optimizer = isDecoupled
            ? new MyAdamW(Groups(own), new() { LearningRate = 0.01, WeightDecay = 0.1 })
            : new MyAdam(Groups(own), new() { LearningRate = 0.01, WeightDecay = 0.1 });
        using OptimizerHelper expected = isDecoupled
            ? optim.AdamW([
                new AdamW.ParamGroup(torchs.Parameters[..2], 0.01, weight_decay: 0.1),
                new AdamW.ParamGroup(torchs.Parameters[2..], 0.003, weight_decay: 0.02),
            ])
            : optim.Adam([
                new Adam.ParamGroup(torchs.Parameters[..2], 0.01, weight_decay: 0.1),
                new Adam.ParamGroup(torchs.Parameters[2..], 0.003, weight_decay: 0.02),
            ]);
        var schedulers = new[] { optimizer, expected }.Select(each => optim.lr_scheduler.StepLR(each, 10, 0.7)).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            own.Backward(step);
            SetGradients(torchs, own);
            optimizer.step();
            expected.step();
            foreach (var scheduler in schedulers)
                scheduler.step();
        }

        Assert.Equal(0.01 * Math.Pow(0.7, 5), optimizer.ParamGroups.First().LearningRate, 1e-12);
        Assert.All(torchs.Values().Zip(own.Values()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_buffer_is_that_of_the_spans_host_to_the_last_bit(bool holdsGradients)
    {
        var network = new Mlp();
        Memory<float>[] θ = Array.ConvertAll(network.Parameters, parameter => parameter.data<float>().ToArray().AsMemory());
        long[] lengths = [.. θ.Select(tensor => (long)tensor.Length)];
        using TorchMomentOptimizer optimizer = holdsGradients
            ? new Harness.Gradients(network.Module.parameters(), new() { LearningRate = 0.01, MaxGradientNorm = 0.5 })
            : new Momenta(network.Module.parameters(), new() { LearningRate = 0.01, WeightDecay = 0.1, MaxGradientNorm = 0.5 });
        using MomentOptimizer spans = holdsGradients
            ? new GradientsOfSpans(lengths, new() { LearningRate = 0.01, MaxGradientNorm = 0.5 })
            : new MomentaOfSpans(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1, MaxGradientNorm = 0.5 });
        for (var step = 0; step < Steps; step++)
        {
            network.Backward(step);
            var expected = spans.Step(θ, Array.ConvertAll(network.Gradients(), gradient => (ReadOnlyMemory<float>)gradient));
            optimizer.step();
            Assert.Equal(expected.GradientNorm, optimizer.LastStep.GradientNorm);
            Assert.Equal(expected.ClipFactor, optimizer.LastStep.ClipFactor);
            Assert.True(optimizer.LastStep.Law.IsEmpty);
            Assert.Equal(θ.SelectMany(tensor => tensor.ToArray()), network.Values());
        }

        Assert.Equal(Steps, optimizer.StepCount);
    }

    [SkippableFact]
    public void A_parameter_without_a_gradient_counts_no_step_as_in_torch()
    {
        var (own, torchs) = (new Mlp(), new Mlp());
        using var optimizer = new MyAdam(own.Module.parameters(), new() { LearningRate = 0.01 });
        using var expected = optim.Adam(torchs.Module.parameters(), 0.01);
        for (var step = 0; step < 20; step++)
        {
            own.Backward(step);
            SetGradients(torchs, own);
            if (step % 3 != 0)
                foreach (var network in new[] { own, torchs })
                    network.Parameters[step % 2].grad = null;
            optimizer.step();
            expected.step();
        }

        Assert.All(torchs.Values().Zip(own.Values()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [SkippableFact]
    public void Defaults_are_those_of_torch()
    {
        using var adam = new MyAdam([new Parameter(ones(1))]);
        using var adamW = new MyAdamW([new Parameter(ones(1))]);

        Assert.Equal([0.001, 0.001], new[] { adam.ParamGroups.Single().LearningRate, adamW.ParamGroups.Single().LearningRate });
        Assert.Equal(0, ((TorchMomentOptimizer.GroupOptions)((TorchSharp.Modules.ParamGroup)adam.ParamGroups.Single()).Options).WeightDecay);
        Assert.Equal(0.01, ((TorchMomentOptimizer.GroupOptions)((TorchSharp.Modules.ParamGroup)adamW.ParamGroups.Single()).Options).WeightDecay);
    }

    [SkippableFact]
    public void An_added_group_begins_anew_and_the_others_go_on()
    {
        var (grown, whole) = (new Mlp(), new Mlp());
        using var optimizer = new Momenta(grown.Parameters[..2]);
        using var reference = new Momenta(whole.Parameters[..2]);
        grown.Train(optimizer, 5);
        whole.Train(reference, 5);
        optimizer.add_param_group(new TorchMomentOptimizer.ParamGroup(grown.Parameters[2..], learningRate: 0));
        foreach (var parameter in grown.Parameters[2..])
            parameter.requires_grad = false;
        grown.Train(optimizer, 5, 5);
        whole.Train(reference, 5, 5);

        Assert.Equal(10, optimizer.StepCount);
        Assert.Equal(whole.Values(), grown.Values());
    }

    [SkippableFact]
    public void The_copies_of_narrow_parameters_are_stepped_as_float32_parameters_are()
    {
        var narrow = new Parameter(randn(30, 20).to(bfloat16));
        var copy = new Parameter(narrow.detach().to(float32));
        Assert.Contains("MasterWeights", Assert.Throws<ArgumentException>(() => new MyAdamW([narrow])).Message, StringComparison.Ordinal);
        using var optimizer = new MyAdamW([narrow], new() { MasterWeights = true });
        using var expected = new MyAdamW([copy]);
        for (var step = 0; step < 20; step++)
        {
            narrow.grad = randn(30, 20).to(bfloat16);
            copy.grad = narrow.grad!.to(float32);
            optimizer.step();
            expected.step();
            Assert.Equal(copy.detach().to(bfloat16).to(float32).data<float>().ToArray(), narrow.detach().to(float32).data<float>().ToArray());
        }
    }

    [SkippableFact]
    public void A_scaler_needs_steps_that_are_skipped()
    {
        var parameter = new Parameter(ones(4));
        using var optimizer = new MyAdam([parameter]);
        using var skipping = new MyAdam([parameter], new() { SkipNonFinite = true });
        var scaler = new GradScaler();
        Assert.Contains("SkipNonFinite", Assert.Throws<ArgumentException>(() => scaler.step(optimizer)).Message, StringComparison.Ordinal);
        parameter.grad = tensor([1, float.PositiveInfinity, 1, 1]);
        Assert.False(scaler.step(skipping));
        Assert.Equal([1, 1, 1, 1], parameter.data<float>().ToArray());
        parameter.grad = full(4, (float)scaler.get_scale());
        Assert.True(scaler.step(skipping));
        Assert.Equal(2, skipping.LastStep.GradientNorm, 1e-6);
        Assert.All(parameter.data<float>().ToArray(), value => Assert.Equal(0.999f, value, 1e-6f));
    }

    [SkippableFact]
    public void Wrappers_take_it_and_ascend_the_way_it_goes()
    {
        var network = new Mlp();
        using var optimizer = new MyAdam(network.Module.parameters(), new() { LearningRate = 0.01, Maximize = true });
        using var sam = new TorchSam(optimizer);
        using var retrospective = new TorchRetrospective(optimizer);
        var before = network.Backward();
        for (var step = 0; step < 10; step++)
        {
            using var loss = sam.step(() => tensor(network.Backward()));
            Assert.True(sam.Ascended);
            network.Backward();
            retrospective.step();
        }

        Assert.True(network.Backward() > before);
        Assert.Equal(20, optimizer.StepCount);
    }

    [SkippableFact]
    public void What_it_cannot_take_is_refused()
    {
        var parameter = new Parameter(ones(2));
        Assert.Throws<ArgumentException>(() => new MyAdam([parameter, parameter]));
        Assert.Throws<ArgumentException>(() => new MyAdam(Array.Empty<Parameter>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MyAdam([parameter], new() { MemoryFormat = MemoryFormat.BFloat16 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MyAdam([parameter], new() { LearningRate = -1 }));
        Assert.Throws<ArgumentException>(() => new MyAdam([new Adam.ParamGroup([parameter])]));
        var optimizer = new MyAdam([parameter]);
        Assert.Throws<InvalidOperationException>(() =>
        {
            parameter.grad = ones(2).to_sparse();
            optimizer.step();
        });
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.step());
    }

    private static TorchSharp.Modules.ParamGroup[] Groups(Mlp network) =>
    [
        new TorchMomentOptimizer.ParamGroup(network.Parameters[..2]),
        new TorchMomentOptimizer.ParamGroup(network.Parameters[2..], learningRate: 0.003, weightDecay: 0.02),
    ];

    // The same gradients for both: what differs is the step alone.
    private static void SetGradients(Mlp network, Mlp other)
    {
        foreach (var (parameter, source) in network.Parameters.Zip(other.Parameters))
            parameter.grad = source.grad!.clone();
    }
}
