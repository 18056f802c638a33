using Rllc.Torch.Tests.Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Tests;

public sealed class GradScalerTests : TorchTests
{
    [SkippableFact]
    public void Scaled_training_is_that_without_a_scale()
    {
        var (scaled, plain) = (new Mlp(), new Mlp());
        using var optimizer = new MomentumMix(scaled.Module.parameters(), new() { LearningRate = 0.1, MaxGradientNorm = 0.5 });
        using var reference = new MomentumMix(plain.Module.parameters(), new() { LearningRate = 0.1, MaxGradientNorm = 0.5 });
        var scaler = new GradScaler(growth_interval: 5);
        for (var step = 0; step < 20; step++)
        {
            scaled.Backward(step, scaler.get_scale());
            Assert.True(scaler.step(optimizer));
            scaler.update();
        }
        plain.Train(reference, 20);

        // Powers of 2 are taken out again without rounding.
        Assert.Equal(plain.Values(), scaled.Values());
        Assert.Equal(65536 * 16, scaler.get_scale());
    }

    [SkippableFact]
    public void A_step_that_overflows_is_skipped_and_halves_the_scale()
    {
        var parameter = new Parameter(ones(2));
        using var optimizer = new Plain([parameter], new() { LearningRate = 0.5, LawLearningRate = 0 });
        var scaler = new GradScaler(init_scale: 4, growth_interval: 2);
        parameter.grad = tensor([4, float.PositiveInfinity]);
        Assert.False(scaler.step(optimizer));
        scaler.update();
        Assert.Equal((2.0, 0), scaler.state_dict());
        Assert.Equal([1, 1], parameter.data<float>().ToArray());

        parameter.grad = tensor([4f, 2f]);
        Assert.True(scaler.step(optimizer));
        scaler.update();
        Assert.Equal([0, 0.5f], parameter.data<float>().ToArray());
        Assert.Equal((2.0, 1), scaler.state_dict());
        scaler.step(optimizer);
        scaler.update();
        Assert.Equal((4.0, 0), scaler.state_dict());
    }

    [SkippableFact]
    public void One_of_several_optimizers_that_skips_is_enough_to_halve_the_scale()
    {
        var (bad, good) = (new Parameter(ones(1)), new Parameter(ones(1)));
        using var first = new Plain([bad]);
        using var second = new Plain([good]);
        (bad.grad, good.grad) = (tensor([float.NaN]), ones(1));
        var scaler = new GradScaler(init_scale: 8);
        Assert.False(scaler.step(first));
        Assert.True(scaler.step(second));
        scaler.update();

        Assert.Equal(4, scaler.get_scale());
    }

    [SkippableFact]
    public void A_scaler_that_is_not_enabled_scales_nothing()
    {
        var parameter = new Parameter(ones(1));
        using var optimizer = new Plain([parameter], new() { LearningRate = 0.5, LawLearningRate = 0, LossScale = 1024 });
        var scaler = new GradScaler(enabled: false);
        Assert.Equal(3, scaler.scale(tensor(3f)).item<float>());
        parameter.grad = ones(1);
        scaler.step(optimizer);
        scaler.update();

        Assert.Equal(0.5f, parameter.item<float>());
        Assert.Equal(1, scaler.get_scale());
    }

    [SkippableFact]
    public void The_loss_is_multiplied_with_the_scale() => Assert.Equal(24, new GradScaler(init_scale: 8).scale(tensor(3f)).item<float>());

    [SkippableFact]
    public void A_resumed_scaler_goes_on()
    {
        var scaler = new GradScaler();
        scaler.load_state_dict((128, 7));

        Assert.Equal((128.0, 7), scaler.state_dict());
        Assert.Throws<ArgumentOutOfRangeException>(() => scaler.load_state_dict((128, 2000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => scaler.load_state_dict((double.NaN, 1)));
        Assert.Equal((128.0, 7), scaler.state_dict());
    }

    [SkippableFact]
    public void An_optimizer_that_skips_nothing_is_refused()
    {
        using var optimizer = new Plain([new Parameter(ones(1))], new() { Timing = LawTiming.Delayed, SkipNonFinite = false });
        Assert.Contains("SkipNonFinite", Assert.Throws<ArgumentException>(() => new GradScaler().step(optimizer)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_update_without_a_step_is_refused() => Assert.Throws<InvalidOperationException>(new GradScaler().update);

    [SkippableFact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradScaler(init_scale: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradScaler(growth_factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradScaler(backoff_factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradScaler(growth_interval: 0));
    }
}
