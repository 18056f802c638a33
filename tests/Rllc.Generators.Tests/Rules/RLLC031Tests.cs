using System.Globalization;

namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC031Tests
{
    private const string Id = "RLLC031";

    [Theory]
    [InlineData("LearningRate", "-0.1", "LearningRate must be finite and at least 0, but is -0.1")]
    [InlineData("LearningRate", "double.PositiveInfinity", "LearningRate must be finite and at least 0, but is Infinity")]
    [InlineData("LawLearningRate", "double.NaN", "LawLearningRate must be finite and at least 0, but is NaN")]
    [InlineData("WeightDecay", "-1", "WeightDecay must be finite and at least 0, but is -1")]
    [InlineData("Epsilon", "0", "Epsilon must be finite and above 0, but is 0")]
    [InlineData("Epsilon", "1.0 / 0", "Epsilon must be finite and above 0, but is Infinity")]
    [InlineData("MaxGradientNorm", "0", "MaxGradientNorm must be above 0, but is 0")]
    [InlineData("MaxGradientNorm", "double.NaN", "MaxGradientNorm must be above 0, but is NaN")]
    [InlineData("LawInterval", "0", "LawInterval must be at least 1, but is 0")]
    [InlineData("HoldCorrections", "-1", "HoldCorrections must be at least 0, but is -1")]
    [InlineData("Relaxation", "(Relaxation)4", "Relaxation must be one of Invariant, Trace, Absolute, PseudoInverse, but is 4")]
    [InlineData("Timing", "(LawTiming)(-1)", "Timing must be one of Exact, Delayed, but is -1")]
    [InlineData("MemoryFormat", "(MemoryFormat)3", "MemoryFormat must be one of Float32, BFloat16, BFloat16Stochastic, but is 3")]
    public Task A_value_out_of_its_range_is_reported(string name, string value, string message) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9)"), Hyperparameters({{name}} = [|{{value}}|])]
        sealed partial class Momentum;
        """, message);

    [Fact]
    public async Task A_number_is_written_the_same_in_every_country()
    {
        // It ends with this asynchronous method.
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
        await A_value_out_of_its_range_is_reported("LearningRate", "-0.5", "LearningRate must be finite and at least 0, but is -0.5");
    }

    [Fact]
    public Task Every_value_out_of_its_range_is_reported_and_no_other() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        [Hyperparameters(LearningRate = [|-1|], LawLearningRate = 0.1, Epsilon = [|-1e-6|])]
        sealed partial class Momentum;
        """);

    [Theory]
    [InlineData("new[] { 1, [|double.NaN|] }")]
    [InlineData("new double[] { [|double.PositiveInfinity|], 0 }")]
    [InlineData("new double[2] { [|double.PositiveInfinity|], [|double.NegativeInfinity|] }")]
    [InlineData("[0, [|1 / 0.0|]]")]
    public Task A_coefficient_that_is_not_finite_is_reported(string law) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters(InitialLaw = {{law}})]
        sealed partial class MomentumMix;
        """);

    [Fact]
    public Task The_coefficient_is_named() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters(InitialLaw = new[] { 1, [|double.NaN|] })]
        sealed partial class MomentumMix;
        """, "InitialLaw[1] must be finite, but is NaN");

    [Theory]
    [InlineData("new double[] { 0, -0.0 }")]
    [InlineData("[0, 0]")]
    public Task A_law_of_zeros_is_reported(string law) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters(InitialLaw = [|{{law}}|])]
        sealed partial class MomentumMix;
        """, "InitialLaw must be other than all zeros, but is [0, 0]");

    [Theory]
    [InlineData("1, [|double.NaN|]")]
    [InlineData("[|1 / 0.0|], 0")]
    [InlineData("new[] { 1, [|double.NegativeInfinity|] }")]
    [InlineData("[[|double.NaN|], [|double.NaN|]]")]
    public Task A_fixed_coefficient_that_is_not_finite_is_reported(string law) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw({{law}})]
        sealed partial class MomentumMix;
        """);

    [Fact]
    public Task A_fixed_law_of_zeros_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw([|0, -0.0|])]
        sealed partial class MomentumMix;
        """, "FixedLaw must be other than all zeros, but is [0, 0]");

    [Fact]
    public Task A_fixed_law_the_compiler_refuses_is_left_to_the_compiler() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw("1", unknown, 2)]
        sealed partial class MomentumMix;
        """);

    [Theory]
    [InlineData("LearningRate = 0, LawLearningRate = 0, WeightDecay = 0")]
    [InlineData("Epsilon = double.Epsilon, MaxGradientNorm = double.PositiveInfinity")]
    [InlineData("LawInterval = 1, HoldCorrections = 0, Relaxation = Relaxation.PseudoInverse, Timing = LawTiming.Exact")]
    [InlineData("Maximize = true, SkipNonFinite = false, MemoryFormat = MemoryFormat.BFloat16Stochastic")]
    [InlineData("")]
    public Task The_bounds_themselves_are_fine(string values) => RuleAssert.ReportsNothing($$"""
        [Propagator("M(0.9)"), Hyperparameters({{values}})]
        sealed partial class Momentum;
        """);

    [Theory]
    [InlineData("LearningRate = \"-1\", Unknown = -1")]
    [InlineData("InitialLaw = new double[] { unknown }")]
    [InlineData("InitialLaw = new double[2]")]
    public Task A_value_the_compiler_refuses_is_left_to_the_compiler(string values) => RuleAssert.ReportsNothing($$"""
        [Propagator("M(0.9)"), Hyperparameters({{values}})]
        sealed partial class Momentum;
        """);
}
