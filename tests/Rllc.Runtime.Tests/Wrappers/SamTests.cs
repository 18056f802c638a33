using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Wrappers;

public sealed class SamTests
{
    public static TheoryData<int, bool, double> Cases => new()
    {
        { 1, false, 0 }, { 1, true, 0 }, { 15, true, 0 }, { 33, false, 0 }, { 5000, false, 0 }, { 5000, false, 0.02 }, { 5001, true, 0.02 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Steps_are_those_of_a_loop_in_float64(int length, bool adaptive, double lawLearningRate)
    {
        var options = new OptimizerOptions { LearningRate = 0.02, LawLearningRate = lawLearningRate, InitialLaw = [0.6, 0.4], WeightDecay = 0.01 };
        var valley = new Valley(length);
        using var optimizer = new MomentumMixByHand(length, options);
        var sam = new Sam(optimizer, new() { Radius = 0.3, Adaptive = adaptive, AdaptiveOffset = 0.05 });
        var oracle = new DynamicOptimizer<double>(optimizer.LinearMemory, length, options);
        var θ = Array.ConvertAll(valley.Parameters, x => (double)x);
        for (var step = 0; step < 30; step++)
        {
            var report = sam.Step(valley.Parameters, valley.Gradient, valley.Backward);
            Assert.True(report is { Ascended: true, Step.Applied: true });

            var g = valley.GradientAt(θ);
            var t = Array.ConvertAll(θ, x => adaptive ? Math.Abs(x) + 0.05 : 1);
            var norm = Math.Sqrt(g.Select((x, i) => t[i] * x * t[i] * x).Sum());
            double[] ascended = [.. θ.Select((x, i) => x + 0.3 * t[i] * t[i] * g[i] / norm)];
            oracle.Step(θ, valley.GradientAt(ascended));
            Assert.Equal(norm, report.AscentNorm, 1e-4 * norm);
        }

        Assert.All(θ.Zip(valley.Parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.All(oracle.LawCoefficients.ToArray().Zip(optimizer.LawCoefficients.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(60, valley.Calls);
    }

    [Fact]
    public void On_a_parabola_the_gradient_is_that_a_radius_farther_up()
    {
        float[] θ = [2], g = [0];
        using var optimizer = new MomentumMixByHand(1, new() { LearningRate = 0.25, LawLearningRate = 0, InitialLaw = [0, 1] });
        var sam = new Sam(optimizer, new() { Radius = 0.5 });
        var report = sam.Step(θ, g, () =>
        {
            g[0] = 4 * θ[0];
            return 2 * θ[0] * θ[0];
        });

        Assert.Equal(2 - 0.25f * 4 * 2.5f, θ[0]);
        Assert.Equal((8.0, 8.0, 10.0), (report.Loss, report.AscentNorm, report.Step.GradientNorm));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_radius_of_zero_is_the_optimizer_alone(bool adaptive)
    {
        var (wrapped, plain) = (new Valley(5001), new Valley(5001));
        using var optimizer = new MomentumMixByHand(5001);
        using var alone = new MomentumMixByHand(5001);
        var sam = new Sam(optimizer, new() { Radius = 0, Adaptive = adaptive });
        for (var step = 0; step < 20; step++)
        {
            sam.Step(wrapped.Parameters, wrapped.Gradient, wrapped.Backward);
            plain.Backward();
            alone.Step(plain.Parameters, plain.Gradient);
        }

        Assert.Equal(plain.Parameters, wrapped.Parameters);
    }

    [Fact]
    public void The_ascended_point_is_the_radius_away_and_seen_by_the_closure_alone()
    {
        var valley = new Valley(777);
        using var optimizer = new MomentumMixByHand(777, new() { LearningRate = 0 });
        var sam = new Sam(optimizer) { Radius = 0.125 };
        var before = valley.Parameters.ToArray();
        var distances = new List<double>();
        sam.Step(valley.Parameters, valley.Gradient, () =>
        {
            distances.Add(Math.Sqrt(before.Zip(valley.Parameters, (x, y) => (x - (double)y) * (x - (double)y)).Sum()));
            return valley.Backward();
        });

        Assert.Equal([0, 0.125], distances.Select(distance => Math.Round(distance, 6)));
        Assert.Equal(before, valley.Parameters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_a_closure_throws_nothing_has_changed(int call)
    {
        var valley = new Valley(100);
        using var optimizer = new MomentumMixByHand(100);
        var sam = new Sam(optimizer, new() { Radius = 7 });
        sam.Step(valley.Parameters, valley.Gradient, valley.Backward);
        var before = valley.Parameters.ToArray();
        var law = optimizer.LawCoefficients.ToArray();
        var calls = 0;
        Assert.Throws<TimeoutException>(() =>
        {
            sam.Step(valley.Parameters, valley.Gradient, () => ++calls == call ? throw new TimeoutException() : valley.Backward());
        });

        Assert.Equal(before, valley.Parameters);
        Assert.Equal(law, optimizer.LawCoefficients);
        Assert.Equal(1, optimizer.StepCount);
        sam.Step(valley.Parameters, valley.Gradient, valley.Backward);
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void Without_a_gradient_the_plain_step_is_taken()
    {
        float[] θ = [1, 1], g = [1, 0];
        using var optimizer = new MomentumMixByHand(2, new() { LearningRate = 0.5, LawLearningRate = 0 });
        var sam = new Sam(optimizer);
        optimizer.Step(θ, g);
        g[0] = 0;
        var calls = 0;
        var report = sam.Step(θ, g, () => ++calls);

        // The momentum, 0.9 by now, goes on.
        Assert.Equal([1 - 0.5f - 0.5f * 0.9f, 1], θ);
        Assert.Equal((1, false, true, 0.0), (calls, report.Ascended, report.Step.Applied, report.AscentNorm));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_gradient_that_is_not_finite_is_skipped_by_the_optimizer(float value)
    {
        float[] θ = [1, 2, 3], g = [1, 1, value];
        using var optimizer = new MomentumMixByHand(3);
        var calls = 0;
        var report = new Sam(optimizer).Step(θ, g, () => ++calls);

        Assert.Equal([1, 2, 3], θ);
        Assert.Equal((1, false, false), (calls, report.Ascended, report.Step.Applied));
        Assert.False(double.IsFinite(report.AscentNorm));
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void So_is_one_that_is_not_finite_at_the_ascended_point()
    {
        float[] θ = [1, 2, 3], g = [1, 1, 1];
        using var optimizer = new MomentumMixByHand(3);
        var calls = 0;
        var report = new Sam(optimizer).Step(θ, g, () => g[1] = ++calls == 2 ? float.NaN : 1);

        Assert.Equal([1, 2, 3], θ);
        Assert.True(report.Ascended);
        Assert.False(report.Step.Applied);
    }

    [Fact]
    public void The_least_and_the_greatest_gradient_have_a_direction()
    {
        foreach (var size in (float[])[float.Epsilon, 1e-30f, 1e30f])
        {
            float[] θ = [0, 0], g = [3 * size, 4 * size];
            var seen = Array.Empty<float>();
            using var optimizer = new MomentumMixByHand(2);
            var report = new Sam(optimizer, new() { Radius = 1 }).Step(θ, g, () =>
            {
                seen = [.. θ];
                return 0;
            });
            Assert.True(report.Ascended);
            Assert.Equal([0.6f, 0.8f], seen);
        }
    }

    [Fact]
    public void To_maximise_is_to_minimise_the_negative()
    {
        var (down, up) = (new Valley(100), new Valley(100));
        using var minimizer = new MomentumMixByHand(100);
        using var maximizer = new MomentumMixByHand(100, new() { Maximize = true });
        var (first, second) = (new Sam(minimizer), new Sam(maximizer));
        for (var step = 0; step < 10; step++)
        {
            first.Step(down.Parameters, down.Gradient, down.Backward);
            second.Step(up.Parameters, up.Gradient, () =>
            {
                up.Backward();
                foreach (ref var entry in up.Gradient.AsSpan())
                    entry = -entry;
                return 0;
            });
        }

        Assert.Equal(down.Parameters, up.Parameters);
    }

    [Fact]
    public void The_ascent_does_not_depend_on_the_loss_scale()
    {
        var (scaled, plain) = (new Valley(100), new Valley(100));
        using var optimizer = new MomentumMixByHand(100, new() { LossScale = 1024 });
        using var reference = new MomentumMixByHand(100);
        var report = new Sam(optimizer).Step(scaled.Parameters, scaled.Gradient, () =>
        {
            scaled.Backward();
            foreach (ref var entry in scaled.Gradient.AsSpan())
                entry *= 1024;
            return 0;
        });
        var expected = new Sam(reference).Step(plain.Parameters, plain.Gradient, plain.Backward);

        Assert.Equal(plain.Parameters, scaled.Parameters);
        Assert.Equal(expected.AscentNorm, report.AscentNorm);
    }

    [Fact]
    public void Adaptive_steps_do_not_see_how_layers_share_a_factor()
    {
        // The loss is that of the product of two numbers: (uc)·(v/c) trains as u·v does, each with its own scale.
        static float[] Train(float c)
        {
            float[] θ = [1.5f * c, 0.5f / c], g = new float[2];
            using var optimizer = new MomentumMixByHand(2, new() { LearningRate = 0 });
            var ascended = Array.Empty<float>();
            new Sam(optimizer, new() { Radius = 0.25, Adaptive = true, AdaptiveOffset = 0 }).Step(θ, g, () =>
            {
                ascended = [θ[0] / c, θ[1] * c];
                (g[0], g[1]) = ((θ[0] * θ[1] - 2) * θ[1], (θ[0] * θ[1] - 2) * θ[0]);
                return 0;
            });
            return ascended;
        }

        Assert.Equal(Train(1), Train(64));
        Assert.NotEqual([1.5f, 0.5f], Train(1));
    }
}
