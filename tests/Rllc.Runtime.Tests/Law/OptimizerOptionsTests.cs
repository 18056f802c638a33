using System.Globalization;

namespace Rllc.Tests;

public class OptimizerOptionsTests
{
    private static readonly LinearMemory TwoUnits = LinearMemory.Parse("M(0.9) ⊕ M(0)");

    public static TheoryData<string, OptimizerOptions> OutOfRange => new()
    {
        { "LearningRate", new() { LearningRate = -0.1 } },
        { "LearningRate", new() { LearningRate = double.NaN } },
        { "LearningRate", new() { LearningRate = double.PositiveInfinity } },
        { "LawLearningRate", new() { LawLearningRate = -1e-9 } },
        { "Epsilon", new() { Epsilon = 0 } },
        { "Epsilon", new() { Epsilon = double.NaN } },
        { "Relaxation", new() { Relaxation = (Relaxation)9 } },
        { "Timing", new() { Timing = (LawTiming)(-1) } },
        { "LawInterval", new() { LawInterval = 0 } },
        { "HoldCorrections", new() { HoldCorrections = -1 } },
        { "WeightDecay", new() { WeightDecay = -0.01 } },
        { "MaxGradientNorm", new() { MaxGradientNorm = 0 } },
        { "MaxGradientNorm", new() { MaxGradientNorm = double.NaN } },
        { "MaxGradientNorm", new() { MaxGradientNorm = double.NegativeInfinity } },
        { "LossScale", new() { LossScale = 0 } },
        { "LossScale", new() { LossScale = double.PositiveInfinity } },
        { "Threads", new() { Threads = -1 } },
        { "InitialLaw", new() { InitialLaw = [1, double.NaN] } },
        { "InitialLaw", new() { InitialLaw = [0, 0] } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void An_option_out_of_its_bounds_is_named(string option, OptimizerOptions options)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(option, () => new DynamicOptimizer<float>(TwoUnits, 1, options));
        Assert.Contains($"{option} must be ", error.Message);
    }

    [Fact]
    public void Messages_use_the_decimal_point_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
        try
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { LearningRate = -0.5 }.Validate(1));
            Assert.Contains("LearningRate must be finite and at least 0, not -0.5.", error.Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void An_initial_law_of_the_wrong_length_says_both_lengths()
    {
        var error = Assert.Throws<ArgumentException>(
            "InitialLaw", () => new DynamicOptimizer<float>(TwoUnits, 1, new() { InitialLaw = [1, 0, 0] }));
        Assert.Contains("InitialLaw has 3 coefficients; the memory has 2 units.", error.Message);
    }

    [Fact]
    public void Delayed_timing_with_clipping_is_refused_with_the_reason()
    {
        OptimizerOptions options = new() { Timing = LawTiming.Delayed, SkipNonFinite = false, MaxGradientNorm = 1 };
        var error = Assert.Throws<ArgumentException>("MaxGradientNorm", () => options.Validate(1));
        Assert.Contains("too late to clip it", error.Message);
    }

    [Fact]
    public void Delayed_timing_with_skipping_is_refused_with_the_reason()
    {
        OptimizerOptions options = new() { Timing = LawTiming.Delayed };
        var error = Assert.Throws<ArgumentException>("SkipNonFinite", () => options.Validate(1));
        Assert.Contains("too late to skip the step", error.Message);
    }

    [Fact]
    public void Bounds_themselves_are_allowed()
    {
        new OptimizerOptions().Validate(1);
        new OptimizerOptions { LearningRate = 0, LawLearningRate = 0, WeightDecay = 0, Epsilon = double.Epsilon }.Validate(1);
        new OptimizerOptions { Timing = LawTiming.Delayed, SkipNonFinite = false, InitialLaw = [0, -1] }.Validate(2);
    }

    [Fact]
    public void Rates_set_later_have_the_same_bounds()
    {
        var optimizer = new DynamicOptimizer<float>(TwoUnits, 1);
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => optimizer.LearningRate = -1);
        Assert.Throws<ArgumentOutOfRangeException>("LawLearningRate", () => optimizer.LawLearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>("LossScale", () => optimizer.LossScale = 0);
        optimizer.LearningRate = 0.5;
        Assert.Equal(0.5, optimizer.LearningRate);
    }

    [Fact]
    public void Only_float_and_double_are_stored() =>
        Assert.Throws<NotSupportedException>(() => new DynamicOptimizer<Half>(TwoUnits, 1));

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_before_anything_is_written()
    {
        var optimizer = new DynamicOptimizer<double>(TwoUnits, 2);
        var theta = new double[] { 1, 2 };
        Assert.Throws<ArgumentException>("gradient", () => { optimizer.Step(theta, [1]); });
        Assert.Throws<ArgumentException>("parameters", () => { optimizer.Step(new double[3], [1, 2]); });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicOptimizer<double>(TwoUnits, -1));
        Assert.Equal([1.0, 2], theta);
        Assert.Equal(0, optimizer.StepCount);
    }
}
