namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Steps of a law that never learns: what they compute, what they skip, what they refuse.</summary>
public sealed class FixedLawTests
{
    private static readonly double[] Nesterov = [0.9, 1];

    private static readonly OptimizerOptions Fixed = new() { FixedLaw = Nesterov, LawLearningRate = 0, SkipNonFinite = false };

    // The same law, kept where it is by a law learning rate of 0.
    private static readonly OptimizerOptions Kept = new() { InitialLaw = Nesterov, LawLearningRate = 0 };

    public static TheoryData<int> Lengths => [0, 1, 15, 16, 17, 63, 65, Partition.ChunkLength, 3 * Partition.ChunkLength + 5];

    [Theory, MemberData(nameof(Lengths))]
    public void A_step_is_to_the_last_bit_that_of_a_law_which_is_kept(int length)
    {
        foreach (var format in Enum.GetValues<MemoryFormat>())
        {
            using var run = Run.Of(length, Fixed with { MemoryFormat = format, Maximize = true, LossScale = 8, WeightDecay = 0.1 }).Steps(0, 20);
            using var expected = Run.Of(length, Kept with { MemoryFormat = format, Maximize = true, LossScale = 8, WeightDecay = 0.1 }).Steps(0, 20);

            Assert.Equal(expected.Parameters, run.Parameters);
            Assert.Equal(expected.Unit(0), run.Unit(0));
            Assert.Equal(expected.Unit(1), run.Unit(1));
            Assert.Equal(20, run.Optimizer.StepCount);
            Assert.Equal(Nesterov, run.Optimizer.LawCoefficients.ToArray());
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void A_gradient_is_clipped_by_its_norm_for_every_number_of_threads(int length)
    {
        using var expected = Run.Of(length, Kept with { MaxGradientNorm = 0.5, LossScale = 4 });
        using var one = Run.Of(length, Fixed with { MaxGradientNorm = 0.5, LossScale = 4, Threads = 1 });
        using var three = Run.Of(length, Fixed with { MaxGradientNorm = 0.5, LossScale = 4, Threads = 3 });
        for (var step = 0; step < 10; step++)
        {
            var gradient = Run.Gradient(length, step);
            var report = expected.Optimizer.Step(expected.Parameters, gradient);
            var own = one.Optimizer.Step(one.Parameters, gradient);
            three.Optimizer.Step(three.Parameters, gradient);

            Assert.Equal(report.GradientNorm, own.GradientNorm, 1e-6 * report.GradientNorm);
            Assert.Equal(report.ClipFactor, own.ClipFactor, 1e-6);
        }

        Assert.All(expected.Parameters.Zip(one.Parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(one.Parameters, three.Parameters);
    }

    [Fact]
    public void A_step_passes_over_the_memory_once_and_asks_for_no_sums()
    {
        using var optimizer = new AdvanceOnly(20, Fixed);
        var report = optimizer.Step(new float[20], new float[20]);

        Assert.True(report.Applied);
        Assert.Equal(double.NaN, report.GradientNorm);
        Assert.Equal(1, report.ClipFactor);
        Assert.Equal(Nesterov, report.Law.ToArray());
    }

    [Fact]
    public void Clipping_and_skipping_pass_over_the_gradient_alone()
    {
        using var optimizer = new AdvanceOnly(2, Fixed with { MaxGradientNorm = 1, SkipNonFinite = true });

        Assert.Equal(5, optimizer.Step(new float[2], [3, 4]).GradientNorm, 1e-6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    [InlineData(2e15f)]
    public void A_gradient_out_of_range_is_skipped_without_a_trace_where_that_is_asked_for(float value)
    {
        using var run = Run.Of(100, Fixed with { SkipNonFinite = true }).Steps(0, 3);
        var (parameters, unit) = (run.Parameters.ToArray(), run.Unit(0));
        var gradient = Run.Gradient(100, 3).ToArray();
        gradient[70] = value;

        Assert.False(run.Optimizer.Step(run.Parameters, gradient).Applied);
        Assert.Equal(parameters, run.Parameters);
        Assert.Equal(unit, run.Unit(0));
        Assert.Equal(3, run.Optimizer.StepCount);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_taken_as_it_is_otherwise()
    {
        using var run = Run.Of(1, Fixed);

        Assert.True(run.Optimizer.Step(run.Parameters, [float.NaN]).Applied);
        Assert.Equal([float.NaN], run.Parameters);
    }

    [Fact]
    public void Tensors_without_a_gradient_stay_what_they_are()
    {
        using var run = Run.OfTensors([20, 5, 33], Fixed).TensorSteps(0, 10, (step, tensor) => tensor != 1 && (tensor != 2 || step % 2 == 0));
        using var expected = Run.OfTensors([20, 5, 33], Kept).TensorSteps(0, 10, (step, tensor) => tensor != 1 && (tensor != 2 || step % 2 == 0));

        Assert.Equal(expected.Parameters, run.Parameters);
        Assert.Equal(Run.Numbers(58, seed: 1)[20..25], run.Parameters[20..25]);
    }

    [Fact]
    public void Groups_of_tensors_have_rates_of_their_own()
    {
        using var run = Run.OfTensors([3, 4], Fixed);
        run.Optimizer.SetGroups([0, 1], 2);
        run.Optimizer.SetRates(0, 0, 0);
        run.Optimizer.SetRates(1, 0.5, 0);
        var before = run.Parameters.ToArray();
        run.TensorSteps(0, 1);
        var gradient = Run.Gradient(7, 0);

        Assert.Equal(before[..3], run.Parameters[..3]);
        for (var i = 3; i < 7; i++)
            Assert.Equal(before[i] - 0.5 * 1.9 * gradient[i], run.Parameters[i], 1e-6);
    }

    [Fact]
    public void A_checkpoint_continues_with_the_same_bits()
    {
        var stream = new MemoryStream();
        using var first = Run.Of(100, Fixed).Steps(0, 5);
        first.Optimizer.Save(stream, first.Parameters);
        stream.Position = 0;
        using var second = Run.Of(100, Fixed);
        second.Optimizer.Load(stream, second.Parameters);
        first.Steps(5, 5);
        second.Steps(5, 5);

        Assert.Equal(first.Parameters, second.Parameters);
        Assert.Equal(first.Unit(0), second.Unit(0));
        Assert.Equal(10, second.Optimizer.StepCount);
    }

    [Fact]
    public void A_law_can_go_on_to_learn_from_the_checkpoint_of_a_fixed_one()
    {
        var stream = new MemoryStream();
        using var first = Run.Of(100, Fixed).Steps(0, 5);
        using var expected = Run.Of(100, Kept).Steps(0, 5);
        first.Optimizer.Save(stream, first.Parameters);
        stream.Position = 0;
        using var second = Run.Of(100);
        second.Optimizer.Load(stream, second.Parameters);
        second.Optimizer.LawLearningRate = expected.Optimizer.LawLearningRate = 0.003;
        second.Steps(5, 5);
        expected.Steps(5, 5);

        Assert.All(expected.Optimizer.LawCoefficients.ToArray().Zip(second.Optimizer.LawCoefficients.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        Assert.NotEqual(Nesterov, second.Optimizer.LawCoefficients.ToArray());
    }

    [Theory]
    [InlineData(0.003, "LawLearningRate is for a law that learns")]
    [InlineData(0, "is of another law: it holds [1,0], the optimizer's is fixed at [0.9,1]")]
    public void The_checkpoint_of_another_law_is_refused(double lawLearningRate, string message)
    {
        var stream = new MemoryStream();
        using var learning = Run.Of(10, new() { LawLearningRate = lawLearningRate }).Steps(0, 1);
        learning.Optimizer.Save(stream);
        stream.Position = 0;
        using var run = Run.Of(10, Fixed).Steps(0, 1);
        var unit = run.Unit(0);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => run.Optimizer.Load(stream)).Message, StringComparison.Ordinal);
        Assert.Equal(unit, run.Unit(0));
    }

    public static TheoryData<string> Refused => [.. RefusedOptions.Keys];

    private static readonly Dictionary<string, OptimizerOptions> RefusedOptions = new()
    {
        ["LawLearningRate"] = Fixed with { LawLearningRate = 0.003 },
        ["InitialLaw"] = Fixed with { InitialLaw = [0.9, 1] },
        ["Relaxation"] = Fixed with { Relaxation = Relaxation.Trace },
        ["Epsilon"] = Fixed with { Epsilon = 1e-3 },
        ["Timing"] = Fixed with { Timing = LawTiming.Delayed },
        ["LawInterval"] = Fixed with { LawInterval = 2 },
        ["HoldCorrections"] = Fixed with { HoldCorrections = 1 },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Options_of_a_law_that_learns_are_refused(string option)
    {
        var exception = Assert.Throws<ArgumentException>(() => new MomentumMixByHand(1, RefusedOptions[option]));

        Assert.Equal(option, exception.ParamName);
        Assert.StartsWith($"{option} is for a law that learns; this optimizer's is fixed at [0.9, 1]: leave {option} out.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FixedLaw has 1 coefficients; the memory has 2 units.", 1.0)]
    [InlineData("FixedLaw must be finite, not NaN.", 1.0, double.NaN)]
    [InlineData("FixedLaw must be other than all zeros, not [0, 0].", 0.0, 0.0)]
    public void A_law_out_of_its_bounds_is_refused(string message, params double[] law) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => new MomentumMixByHand(1, Fixed with { FixedLaw = law })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_law_learning_rate_cannot_be_set_later_either()
    {
        using var optimizer = new MomentumMixByHand(1, Fixed);

        Assert.StartsWith("LawLearningRate must be 0 where the law is fixed, not 0.1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LawLearningRate = 0.1).Message, StringComparison.Ordinal);
        optimizer.LawLearningRate = 0;
        Assert.Equal(0, optimizer.LawLearningRate);
    }

    [Fact]
    public void There_is_no_Gram_matrix()
    {
        using var optimizer = new MomentumMixByHand(1, Fixed);

        Assert.Throws<InvalidOperationException>(() => optimizer.Gram);
    }

    [Fact]
    public void The_cost_is_one_pass()
    {
        var cost = LinearMemory.Parse("M(0.9) ⊕ M(0)").Cost;

        Assert.Equal((2 * 2 + 3) * sizeof(float), cost.BytesMovedFixed);
        Assert.Equal((2 * 2 + 3 * 2) * sizeof(ushort), cost.InBFloat16.BytesMovedFixed);
        // g and θ scaled, one product in MB + gaᵀ, two in ML.
        Assert.Equal(5, cost.MultiplyAddsFixed);
    }

    /// <summary>M(0.9) ⊕ M(0) with no kernel but the one that a fixed law needs.</summary>
    private sealed class AdvanceOnly(long length, OptimizerOptions options) : Optimizer(LinearMemory.Parse("M(0.9) ⊕ M(0)"), length, options)
    {
        protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, Span<double> sums) => throw new NotSupportedException();

        protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step)
        {
        }

        protected override void ProjectAndAdvance<TLanes, TElement>(
            ref TElement M, ref float θ, ref float g, int count, in StepCoefficients step, Span<double> sums) => throw new NotSupportedException();
    }
}
