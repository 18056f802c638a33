using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class StepTests : TorchTests
{
    [SkippableFact]
    public void A_step_is_that_of_the_spans_host_to_the_last_bit()
    {
        var network = new Mlp();
        Memory<float>[] θ = Array.ConvertAll(network.Parameters, parameter => parameter.data<float>().ToArray().AsMemory());
        using var optimizer = new MomentumMix(network.Module.parameters(), new() { LearningRate = 0.1, WeightDecay = 0.01, MaxGradientNorm = 0.5 });
        using var spans = new MixOfSpans([.. θ.Select(tensor => (long)tensor.Length)], new() { LearningRate = 0.1, WeightDecay = 0.01, MaxGradientNorm = 0.5 });
        for (var step = 0; step < 50; step++)
        {
            network.Backward(step);
            var expected = spans.Step(θ, Array.ConvertAll(network.Gradients(), gradient => (ReadOnlyMemory<float>)gradient));
            optimizer.step();

            Assert.Equal(expected.GradientNorm, optimizer.LastStep.GradientNorm);
            Assert.Equal(expected.ClipFactor, optimizer.LastStep.ClipFactor);
            Assert.Equal(θ.SelectMany(tensor => tensor.ToArray()), network.Values());
            Assert.Equal(spans.LawCoefficients.ToArray(), optimizer.LawCoefficients().ToArray());
        }
        Assert.Equal(50, optimizer.StepCount);
        Assert.NotEqual(1, optimizer.Law.M_0_9);
    }

    [SkippableFact]
    public void A_closure_is_called_once_with_gradients_enabled_and_its_loss_returned()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.parameters());
        var (calls, expected) = (0, new Mlp().Backward());
        using var guard = no_grad();
        using var loss = optimizer.step(() =>
        {
            calls++;
            Assert.True(is_grad_enabled());
            return tensor(network.Backward());
        });

        Assert.Equal(1, calls);
        Assert.False(is_grad_enabled());
        Assert.Equal(expected, loss.item<float>());
        Assert.Equal(1, optimizer.StepCount);
    }

    [SkippableFact]
    public void Without_a_closure_there_is_no_loss()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.parameters());
        network.Backward();
        Assert.Null(optimizer.step());
    }

    [SkippableFact]
    public void A_parameter_without_a_gradient_stays_what_it_is()
    {
        var (with, without) = (new Parameter(ones(5)), new Parameter(ones(3)));
        using var optimizer = new MomentumMix([with, without], new() { WeightDecay = 0.5 });
        with.sum().backward();
        optimizer.step();

        Assert.Equal([1, 1, 1], without.data<float>().ToArray());
        Assert.NotEqual(1, with.data<float>()[0]);
    }

    [SkippableFact]
    public void A_frozen_parameter_stays_what_it_is_even_with_a_gradient_of_before()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.parameters());
        network.Backward();
        var frozen = network.Parameters[0];
        frozen.requires_grad = false;
        var before = frozen.data<float>().ToArray();
        optimizer.step();

        Assert.Equal(before, frozen.data<float>().ToArray());
    }

    [SkippableFact]
    public void A_gradient_that_is_not_contiguous_is_copied()
    {
        var (parameter, other) = (new Parameter(zeros(3, 2)), new Parameter(zeros(3, 2)));
        using var optimizer = new Plain([parameter], new() { LearningRate = 1, LawLearningRate = 0 });
        using var contiguous = new Plain([other], new() { LearningRate = 1, LawLearningRate = 0 });
        parameter.grad = arange(6, float32).view(2, 3).t();
        other.grad = arange(6, float32).view(2, 3).t().contiguous();
        optimizer.step();
        contiguous.step();

        Assert.Equal([0, -3, -1, -4, -2, -5], parameter.data<float>().ToArray());
        Assert.Equal(other.data<float>().ToArray(), parameter.data<float>().ToArray());
    }

    [SkippableFact]
    public void A_view_with_an_offset_is_stepped_where_it_is()
    {
        var flat = zeros(10);
        var parameter = new Parameter(flat.narrow(0, 4, 3));
        using var optimizer = new Plain([parameter], new() { LearningRate = 1, LawLearningRate = 0 });
        parameter.grad = ones(3);
        optimizer.step();

        Assert.Equal([0, 0, 0, 0, -1, -1, -1, 0, 0, 0], flat.data<float>().ToArray());
    }

    [SkippableFact]
    public void A_gradient_that_is_not_finite_is_skipped_and_reported()
    {
        var parameter = new Parameter(ones(4));
        using var optimizer = new MomentumMix([parameter]);
        parameter.grad = tensor([1, float.NaN, 1, 1]);
        optimizer.step();

        Assert.False(optimizer.LastStep.Applied);
        Assert.Equal([1, 1, 1, 1], parameter.data<float>().ToArray());
        Assert.Equal(0, optimizer.StepCount);
    }

    [SkippableFact]
    public void Zero_grad_makes_the_gradients_zero()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.parameters());
        network.Backward();
        optimizer.zero_grad();

        Assert.All(network.Gradients(), gradient => Assert.All(gradient, entry => Assert.Equal(0, entry)));
    }

    [SkippableFact]
    public void The_declared_defaults_are_those_of_the_groups_and_the_law()
    {
        var network = new Mlp();
        using var optimizer = new ThreeWay(network.Module.parameters());
        network.Train(optimizer, 2);

        Assert.Equal(0.125, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal(1, optimizer.Law.slow);
        network.Train(optimizer, 1);
        Assert.NotEqual(1, optimizer.Law.slow);
    }

    [SkippableFact]
    public void A_change_of_the_law_learning_rate_counts_from_the_coming_step_on()
    {
        var network = new Mlp();
        using var optimizer = new MomentumMix(network.Module.parameters(), new() { LawLearningRate = 0 });
        network.Train(optimizer, 5);
        Assert.Equal([1, 0], optimizer.LawCoefficients().ToArray());
        optimizer.LawLearningRate = 0.01;
        network.Train(optimizer, 1);

        Assert.NotEqual([1, 0], optimizer.LawCoefficients().ToArray());
    }
}
