using System.Runtime.InteropServices;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Groups of tensors have rates of their own and share one law.</summary>
public sealed class TensorGroupTests
{
    private static readonly long[] Lengths = [5000, 17, 4096];

    [Theory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void Each_group_moves_by_its_own_rates_under_the_law_of_all(LawTiming timing)
    {
        var options = new OptimizerOptions { LearningRate = 0.02, Timing = timing, SkipNonFinite = timing == LawTiming.Exact, LawLearningRate = 0.01 };
        using var run = new Native(options);
        run.Optimizer.SetGroups([0, 1, 0], count: 2);
        run.Optimizer.SetRates(1, learningRate: 0.05, weightDecay: 0.1);
        // With one learning rate for all the parameters do not steer their gradients here, so the law is the same.
        using var slow = new Native(options);
        using var fast = new Native(options with { LearningRate = 0.05, WeightDecay = 0.1 });
        for (var step = 0; step < 5; step++)
        {
            run.Step(step);
            slow.Step(step);
            fast.Step(step);
        }
        Assert.Equal(slow.Optimizer.LawCoefficients, run.Optimizer.LawCoefficients);
        Assert.NotEqual(1, run.Optimizer.LawCoefficients[0]);
        Assert.Equal(slow.Tensor(0), run.Tensor(0));
        Assert.Equal(fast.Tensor(1), run.Tensor(1));
        Assert.Equal(slow.Tensor(2), run.Tensor(2));
        Assert.NotEqual(slow.Tensor(1), fast.Tensor(1));
    }

    [Fact]
    public void A_learning_rate_for_all_is_one_for_every_group()
    {
        using var grouped = new Native(new());
        grouped.Optimizer.SetGroups([0, 1, 2], count: 3);
        grouped.Optimizer.SetRates(2, learningRate: 0.5, weightDecay: 0);
        grouped.Optimizer.LearningRate = 0.01;
        using var plain = new Native(new() { LearningRate = 0.01 });
        grouped.Step(0);
        plain.Step(0);
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            Assert.Equal(plain.Tensor(tensor), grouped.Tensor(tensor));
    }

    [Fact]
    public void A_step_is_skipped_where_any_group_would_leave_the_range()
    {
        using var run = new Native(new() { LearningRate = 0.01 });
        run.Optimizer.SetGroups([0, 0, 1], count: 2);
        run.Optimizer.SetRates(1, learningRate: 1e38, weightDecay: 0);
        var before = run.Tensor(0);
        Assert.False(run.Step(0).Applied);
        Assert.Equal(before, run.Tensor(0));
        Assert.Equal(0, run.Optimizer.StepCount);
    }

    [Theory]
    [InlineData(-1, 0, "LearningRate")]
    [InlineData(double.NaN, 0, "LearningRate")]
    [InlineData(0, -1, "WeightDecay")]
    [InlineData(0, double.PositiveInfinity, "WeightDecay")]
    public void Rates_out_of_range_are_refused_and_change_nothing(double learningRate, double weightDecay, string name)
    {
        using var run = new Native(new());
        using var untouched = new Native(new());
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => run.Optimizer.SetRates(0, learningRate, weightDecay));
        Assert.Equal(name, exception.ParamName);
        run.Step(0);
        untouched.Step(0);
        Assert.Equal(untouched.Tensor(0), run.Tensor(0));
    }

    [Fact]
    public void Tensors_by_their_addresses_are_those_that_are_pinned_bit_for_bit()
    {
        using var native = new Native(new() { WeightDecay = 0.1 });
        using var pinned = new MomentumMixByHand(Lengths, new() { WeightDecay = 0.1 });
        Memory<float>[] parameters = [.. Enumerable.Range(0, Lengths.Length).Select(tensor => (Memory<float>)native.Tensor(tensor))];
        for (var step = 0; step < 3; step++)
        {
            native.Step(step);
            pinned.Step(parameters, Enumerable.Range(0, Lengths.Length).Select(tensor => (ReadOnlyMemory<float>)Native.Gradient(tensor, step)).ToArray());
        }
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
            Assert.Equal(parameters[tensor].ToArray(), native.Tensor(tensor));
    }

    [Fact]
    public void Addresses_that_overlap_or_are_too_few_are_refused()
    {
        using var run = new Native(new());
        Assert.Contains("must not overlap", Assert.Throws<ArgumentException>(() => run.Optimizer.StepAt([run.θ[0], run.θ[0] + 4, run.θ[2]], run.g)).Message);
        Assert.Contains("3 tensors, not 2", Assert.Throws<ArgumentException>(() => run.Optimizer.StepAt(run.θ.AsSpan(0, 2), run.g)).Message);
        Assert.Contains("3 tensors, not 0", Assert.Throws<ArgumentException>(() => run.Optimizer.StepAt(run.θ, ReadOnlySpan<nint>.Empty)).Message);
    }

    /// <summary>Tensors outside the managed heap, and an optimizer that takes them by their addresses.</summary>
    private sealed unsafe class Native : IDisposable
    {
        public Native(OptimizerOptions options)
        {
            Optimizer = new(Lengths, options);
            θ = [.. Lengths.Select((length, tensor) => Allocate(length, seed: 1 + tensor))];
            g = [.. Lengths.Select((length, tensor) => Allocate(length, seed: 0))];
        }

        public MomentumMixByHand Optimizer { get; }

        public nint[] θ { get; }

        public nint[] g { get; }

        public static float[] Gradient(int tensor, int step) => Numbers(Lengths[tensor], seed: 100 + 10 * step + tensor);

        public StepReport Step(int step)
        {
            for (var tensor = 0; tensor < Lengths.Length; tensor++)
                Gradient(tensor, step).CopyTo(new Span<float>((void*)g[tensor], (int)Lengths[tensor]));
            return Optimizer.StepAt(θ, g);
        }

        public float[] Tensor(int tensor) => new Span<float>((void*)θ[tensor], (int)Lengths[tensor]).ToArray();

        public void Dispose()
        {
            Optimizer.Dispose();
            foreach (var address in θ.Concat(g))
                NativeMemory.Free((void*)address);
        }

        private static nint Allocate(long length, int seed)
        {
            var address = (nint)NativeMemory.Alloc((nuint)length, sizeof(float));
            Numbers(length, seed).CopyTo(new Span<float>((void*)address, (int)length));
            return address;
        }

        private static float[] Numbers(long length, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, (int)length).Select(_ => random.NextSingle() - 0.4f)];
        }
    }
}
