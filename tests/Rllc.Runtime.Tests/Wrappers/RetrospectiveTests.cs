using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Wrappers;

public sealed class RetrospectiveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(5001)]
    public void Steps_are_those_of_a_loop_in_float64(int length)
    {
        var valley = new Valley(length);
        var θ = Array.ConvertAll(valley.Parameters, x => (double)x);
        var retrospective = new Retrospective([length], new() { LawLearningRate = 1e-3, Epsilon = 1e-6 });
        var (adam, reference) = (new Adam(length, 0.01), new Adam(length, 0.01));
        var (law, d) = (1.0, new double[length]);
        for (var step = 0; step < 40; step++)
        {
            valley.Backward();
            var report = retrospective.Step(valley.Parameters, valley.Gradient, () => adam.Step(valley.Parameters, valley.Gradient));

            var g = valley.GradientAt(θ);
            law += 1e-3 * d.Zip(g, (x, y) => x * y).Sum() / (d.Sum(x => x * x) + 1e-6);
            d = reference.Changes(g);
            θ = [.. θ.Zip(d, (x, y) => x - law * y)];
            Assert.True(report.Applied);
            Assert.Equal(law, report.Law, 1e-4 * law);
            Assert.Equal(retrospective.Law, report.Law);
        }

        Assert.All(θ.Zip(valley.Parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.True(law > 1.01, "The comparison says nothing where the law has not learned.");
    }

    [Fact]
    public void A_declared_optimizer_is_wrapped_like_any_other()
    {
        var (wrapped, plain) = (new Valley(500), new Valley(500));
        using var optimizer = new MomentumMixByHand(500, new() { WeightDecay = 0.1 });
        using var alone = new MomentumMixByHand(500, new() { WeightDecay = 0.1 });
        var retrospective = new Retrospective(optimizer.Lengths, new() { LawLearningRate = 1e-3 });
        for (var step = 0; step < 40; step++)
        {
            wrapped.Backward();
            retrospective.Step(wrapped.Parameters, wrapped.Gradient, () => optimizer.Step(wrapped.Parameters, wrapped.Gradient));
            plain.Backward();
            alone.Step(plain.Parameters, plain.Gradient);
        }

        Assert.Equal(40, optimizer.StepCount);
        Assert.True(retrospective.Law > 1);
        Assert.True(wrapped.Backward() < plain.Backward());
    }

    [Fact]
    public void A_law_that_does_not_learn_leaves_the_bits_of_the_optimizer_alone()
    {
        var (wrapped, plain) = (new Valley(5001), new Valley(5001));
        wrapped.Parameters[7] = plain.Parameters[7] = -0f;
        var retrospective = new Retrospective([5001], new() { LawLearningRate = 0 });
        var (adam, alone) = (new Adam(5001, 0.01), new Adam(5001, 0.01));
        for (var step = 0; step < 30; step++)
        {
            wrapped.Backward();
            retrospective.Step(wrapped.Parameters, wrapped.Gradient, () => adam.Step(wrapped.Parameters, wrapped.Gradient));
            plain.Backward();
            alone.Step(plain.Parameters, plain.Gradient);
        }

        Assert.Equal(1, retrospective.Law);
        Assert.Equal(Array.ConvertAll(plain.Parameters, BitConverter.SingleToInt32Bits), Array.ConvertAll(wrapped.Parameters, BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void A_step_that_the_optimizer_skips_leaves_law_and_learning_step()
    {
        var (wrapped, plain) = (new Valley(100), new Valley(100));
        using var optimizer = new MomentumMixByHand(100);
        using var reference = new MomentumMixByHand(100);
        var (retrospective, expected) = (new Retrospective([100]), new Retrospective([100]));
        for (var step = 0; step < 10; step++)
        {
            if (step == 5)
            {
                var before = wrapped.Parameters.ToArray();
                wrapped.Gradient[3] = float.NaN;
                var report = retrospective.Step(wrapped.Parameters, wrapped.Gradient, () => optimizer.Step(wrapped.Parameters, wrapped.Gradient));
                Assert.Equal(new(Applied: false, expected.Law), report);
                Assert.Equal(before, wrapped.Parameters);
            }
            wrapped.Backward();
            Assert.True(retrospective.Step(wrapped.Parameters, wrapped.Gradient, () => optimizer.Step(wrapped.Parameters, wrapped.Gradient)).Applied);
            plain.Backward();
            expected.Step(plain.Parameters, plain.Gradient, () => reference.Step(plain.Parameters, plain.Gradient));
        }

        Assert.Equal(plain.Parameters, wrapped.Parameters);
        Assert.Equal(expected.Law, retrospective.Law);
    }

    [Fact]
    public void A_step_that_makes_a_parameter_not_finite_is_left_to_the_optimizer()
    {
        var retrospective = new Retrospective([2], new() { LawLearningRate = 1 });
        float[] θ = [1, 1], g = [1, 1];
        void Subtract(float x) => θ[0] -= x;
        retrospective.Step(θ, g, () => Subtract(0.5f));
        Assert.False(retrospective.Step(θ, g, () => Subtract(float.PositiveInfinity)).Applied);
        Assert.Equal([float.NegativeInfinity, 1], θ);
        Assert.Equal(1, retrospective.Law);
    }

    [Fact]
    public void A_correction_that_is_not_finite_is_none()
    {
        var retrospective = new Retrospective([2], new() { LawLearningRate = 1, Epsilon = 0 });
        float[] θ = [1, 1], g = [1, 1];
        void Step() => θ[0] -= 0.5f;
        retrospective.Step(θ, g, Step);
        g[0] = float.NaN;
        Assert.Equal(new(Applied: true, 1), retrospective.Step(θ, g, Step));
        Assert.Equal(0, θ[0]);
        g[0] = 1;
        // c/G = 0.5/0.25, so L = 3, and 1.5 is subtracted.
        Assert.Equal(new(Applied: true, 3), retrospective.Step(θ, g, Step));
        Assert.Equal(-1.5f, θ[0]);
    }

    [Fact]
    public void The_correction_is_that_of_tensors_with_a_gradient()
    {
        var retrospective = new Retrospective([1, 1], new() { LawLearningRate = 0.5, Epsilon = 0 });
        float[] θ = [0, 0], g = [2, 8];
        Memory<float>[] parameters = [θ.AsMemory(0, 1), θ.AsMemory(1, 1)];
        void Step() => (θ[0], θ[1]) = (θ[0] - 1, θ[1] - 2);
        retrospective.Step(parameters, [g.AsMemory(0, 1), g.AsMemory(1, 1)], Step);
        // Of the second tensor alone: c = 2·8, G = 4.
        Assert.Equal(1 + 0.5 * 16 / 4, retrospective.Step(parameters, [default, g.AsMemory(1, 1)], Step).Law);
        // Of both: c = 1·2 + 2·8, G = 1 + 4.
        Assert.Equal(3 + 0.5 * 18 / 5, retrospective.Step(parameters, [g.AsMemory(0, 1), g.AsMemory(1, 1)], Step).Law);
        Assert.Equal([-1 - 3 - 4.8f, 2 * (-1 - 3 - 4.8f)], θ);
    }

    [Fact]
    public void Where_the_optimizer_throws_the_law_is_what_it_was()
    {
        var retrospective = new Retrospective([1], new() { LawLearningRate = 1, Epsilon = 0 });
        float[] θ = [1], g = [1];
        retrospective.Step(θ, g, () => θ[0] = 0.5f);
        Assert.Throws<TimeoutException>(() => { retrospective.Step(θ, g, () => throw new TimeoutException()); });
        Assert.Equal(1, retrospective.Law);
        Assert.Equal(3, retrospective.Step(θ, g, () => θ[0] = 0).Law);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_the_optimizer_is_called()
    {
        var (flat, several) = (new Retrospective([3]), new Retrospective([3, 2]));
        var shared = new float[10];
        static void Never() => throw new InvalidOperationException("The optimizer was called.");
        Assert.Throws<ArgumentException>("parameters", () => { flat.Step(new float[2], new float[3], Never); });
        Assert.Throws<ArgumentException>("gradient", () => { flat.Step(new float[3], new float[4], Never); });
        Assert.Throws<ArgumentException>("gradient", () => { flat.Step(shared.AsSpan(0, 3), shared.AsSpan(2, 3), Never); });
        Assert.Throws<ArgumentException>("parameters", () => { several.Step(new float[5], new float[5], Never); });
        Assert.Throws<ArgumentException>("gradients", () => { several.Step([new float[3], new float[2]], [new float[3]], Never); });
        Assert.Throws<ArgumentNullException>("step", () => { flat.Step(new float[3], new float[3], null!); });
        Assert.Throws<InvalidOperationException>(() => { flat.Step(new float[3], new float[3], () => flat.Step(new float[3], new float[3], Never)); });
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => new Retrospective([-1]));
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => new Retrospective([1L << 31]));
        Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => new Retrospective([1], new() { LawLearningRate = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => new Retrospective([1], new() { Epsilon = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => flat.LawLearningRate = double.PositiveInfinity);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var valley = new Valley(4117);
        using var optimizer = new MomentumMixByHand(4117, new() { Threads = 1 });
        var retrospective = new Retrospective([4117]);
        var step = () => { optimizer.Step(valley.Parameters, valley.Gradient); };
        valley.Backward();
        retrospective.Step(valley.Parameters, valley.Gradient, step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            retrospective.Step(valley.Parameters, valley.Gradient, step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
