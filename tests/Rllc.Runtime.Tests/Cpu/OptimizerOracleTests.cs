namespace Rllc.Runtime.Tests.Cpu;

public class OptimizerOracleTests
{
    private const int StepCount = 20;

    // While the memory's rank is below k, as in the first steps or for a single parameter, the law divides float32 rounding
    // by ε: the default of 1e-6 would compare noise.
    private static readonly OptimizerOptions Lively = new() { LearningRate = 0.05, LawLearningRate = 0.02, Epsilon = 1e-3 };

    public static TheoryData<int> Lengths => [0, 1, 7, 8, 9, 15, 16, 17, Partition.ChunkLength - 1, Partition.ChunkLength, Partition.ChunkLength + 1, 10_000];

    public static TheoryData<string, OptimizerOptions> Options => new()
    {
        { "the defaults", new() },
        { "weight decay", Lively with { WeightDecay = 0.1 } },
        { "ascent", Lively with { Maximize = true } },
        { "clipping", Lively with { MaxGradientNorm = 3 } },
        { "clipping that is never needed", Lively with { MaxGradientNorm = 1e6 } },
        { "a loss scale", Lively with { LossScale = 1024 } },
        { "a law interval", Lively with { LawInterval = 3 } },
        { "held corrections", Lively with { HoldCorrections = 5 } },
        { "a fixed law", Lively with { LawLearningRate = 0, InitialLaw = [0.3, -0.7] } },
        { "the trace relaxation", Lively with { Relaxation = Relaxation.Trace } },
        { "the absolute relaxation", Lively with { Relaxation = Relaxation.Absolute, Epsilon = 0.1 } },
        { "the pseudo-inverse", Lively with { Relaxation = Relaxation.PseudoInverse } },
        { "delayed timing", Lively with { Timing = LawTiming.Delayed, SkipNonFinite = false } },
        { "delayed timing, interval, hold, decay, ascent and loss scale at once", Lively with
            {
                Timing = LawTiming.Delayed, SkipNonFinite = false, LawInterval = 2, HoldCorrections = 3,
                WeightDecay = 0.05, Maximize = true, LossScale = 8,
            }
        },
        { "exact timing, interval, hold, decay, ascent, clipping and loss scale at once", Lively with
            {
                LawInterval = 2, HoldCorrections = 3, WeightDecay = 0.05, Maximize = true, LossScale = 8, MaxGradientNorm = 5,
            }
        },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Steps_of_every_length_equal_the_oracle(int length) => Compare(new MomentumMixByHand(length, Lively), Lively);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Delayed_steps_of_every_length_equal_the_oracle(int length)
    {
        var options = Lively with { Timing = LawTiming.Delayed, SkipNonFinite = false };
        Compare(new MomentumMixByHand(length, options), options);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Steps_with_every_option_equal_the_oracle(string name, OptimizerOptions options)
    {
        Assert.NotEmpty(name);
        Compare(new MomentumMixByHand(5000, options), options);
    }

    [Theory]
    [InlineData("M(0)")]
    [InlineData("M(0.9)")]
    [InlineData("M2(0.6)")]
    [InlineData("M3(0.6)")]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    [InlineData("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
    [InlineData("slow: M(0.99) ⊕ fast: M2(0.6) ⊕ CM(0.3+0.2i)")]
    public void Steps_of_every_memory_equal_the_oracle(string spec) =>
        Compare(new AnyMemoryByHand(LinearMemory.Parse(spec), 4100, Lively), Lively);

    [Fact]
    public void Learning_rates_and_loss_scale_can_be_changed_between_steps()
    {
        const int length = 100;
        using var optimizer = new MomentumMixByHand(length, Lively);
        var oracle = new DynamicOptimizer<float>(optimizer.LinearMemory, length, Lively);
        var (parameters, expected) = (Run.Numbers(length, seed: 1), Run.Numbers(length, seed: 1));
        for (var step = 0; step < StepCount; step++)
        {
            optimizer.LearningRate = oracle.LearningRate = 0.1 / (step + 1);
            optimizer.LawLearningRate = oracle.LawLearningRate = 0.01 * step;
            optimizer.LossScale = oracle.LossScale = Math.Pow(2, step % 4);
            optimizer.Step(parameters, Run.Gradient(length, step));
            oracle.Step(expected, Run.Gradient(length, step));
        }
        AssertClose(expected, parameters, 1e-5);
    }

    [Fact]
    public void Spans_may_start_anywhere()
    {
        const int length = 4099;
        for (var offset = 0; offset < 4; offset++)
        {
            using var run = Run.Of(length).Steps(0, 3);
            using var optimizer = new MomentumMixByHand(length);
            var parameters = new float[length + 8];
            Run.Numbers(length, seed: 1).CopyTo(parameters, offset);
            for (var step = 0; step < 3; step++)
            {
                var gradient = new float[length + 8];
                Run.Gradient(length, step).CopyTo(gradient, 7 - offset);
                optimizer.Step(parameters.AsSpan(offset, length), gradient.AsSpan(7 - offset, length));
            }
            Assert.Equal(run.Parameters, parameters[offset..(offset + length)]);
            Assert.All(parameters[..offset].Concat(parameters[(offset + length)..]), outside => Assert.Equal(0, outside));
        }
    }

    [Fact]
    public void The_report_names_norm_clip_factor_and_law()
    {
        using var optimizer = new MomentumMixByHand(2, new() { LossScale = 10, MaxGradientNorm = 1 });
        var report = optimizer.Step([0, 0], [30, 40]);
        Assert.True(report.Applied);
        Assert.Equal(5, report.GradientNorm, 1e-6);
        Assert.Equal(0.2, report.ClipFactor, 1e-6);
        Assert.Equal([1.0, 0.0], report.Law);
        var newest = new float[2];
        optimizer.CopyUnit(1, newest);
        Assert.Equal(0.6, newest[0], 1e-6);
        Assert.Equal(0.8, newest[1], 1e-6);
    }

    [Fact]
    public void The_Gram_matrix_is_that_of_the_memory_before_and_after_a_refresh()
    {
        using var run = Run.Of(5000, Lively).Steps(0, 300);
        var units = new[] { run.Unit(0), run.Unit(1) };
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
            {
                var direct = units[i].Zip(units[j], (x, y) => (double)x * y).Sum();
                Assert.Equal(1, run.Optimizer.Gram[i, j] / direct, 1e-5);
            }
        Assert.Equal(300, run.Optimizer.StepCount);
    }

    private static void Compare(Optimizer optimizer, OptimizerOptions options)
    {
        using var run = new Run(optimizer);
        var length = (int)optimizer.Length;
        var single = new DynamicOptimizer<float>(optimizer.LinearMemory, length, options);
        var exact = new DynamicOptimizer<double>(optimizer.LinearMemory, length, options);
        var singleParameters = Run.Numbers(length, seed: 1);
        var exactParameters = Array.ConvertAll(singleParameters, x => (double)x);
        for (var step = 0; step < StepCount; step++)
        {
            var gradient = Run.Gradient(length, step);
            var report = optimizer.Step(run.Parameters, gradient);
            var expected = single.Step(singleParameters, gradient);
            exact.Step(exactParameters, Array.ConvertAll(gradient, x => (double)x));
            Assert.Equal(expected.Applied, report.Applied);
            Assert.Equal(expected.GradientNorm, report.GradientNorm, 1e-5 * (1 + expected.GradientNorm));
            Assert.Equal(expected.ClipFactor, report.ClipFactor, 1e-5);
        }
        Assert.Equal(StepCount, optimizer.StepCount);
        AssertClose(singleParameters, run.Parameters, 1e-5);
        AssertClose(exactParameters, run.Parameters, 1e-4);
        for (var unit = 0; unit < optimizer.LinearMemory.UnitCount; unit++)
            AssertClose(single.Unit(unit).ToArray(), run.Unit(unit), 1e-5);
    }

    /// <summary>Relative to the largest element.</summary>
    private static void AssertClose<T>(T[] expected, float[] actual, double tolerance) where T : IConvertible
    {
        var values = Array.ConvertAll(expected, x => x.ToDouble(null));
        var scale = values.Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - actual[i]) <= tolerance * scale, $"element {i}: {values[i]:R} expected, {actual[i]:R} found");
    }
}
