namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC032Tests
{
    private const string Id = "RLLC032";

    private const string Skips =
        "Delayed timing cannot skip a gradient that is not finite: it learns the gradient's norm only while it writes; " +
        "set SkipNonFinite = false, or use LawTiming.Exact";

    [Fact]
    public Task Delayed_timing_without_a_word_on_skipping_is_reported_on_the_timing() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)"), Hyperparameters(Timing = [|LawTiming.Delayed|])]
        sealed partial class Momentum;
        """, Skips);

    [Fact]
    public Task Delayed_timing_with_skipping_is_reported_on_the_skipping() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)"), Hyperparameters(Timing = LawTiming.Delayed, SkipNonFinite = [|true|])]
        sealed partial class Momentum;
        """, Skips);

    [Fact]
    public Task Delayed_timing_with_clipping_is_reported_on_the_norm() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)"), Hyperparameters(MaxGradientNorm = [|1|], SkipNonFinite = false, Timing = LawTiming.Delayed)]
        sealed partial class Momentum;
        """,
        "Delayed timing cannot clip the gradient: it learns the gradient's norm only while it writes; " +
        "leave MaxGradientNorm out, or use LawTiming.Exact");

    [Theory]
    [InlineData("Timing = LawTiming.Delayed, SkipNonFinite = false")]
    [InlineData("Timing = LawTiming.Delayed, SkipNonFinite = false, MaxGradientNorm = double.PositiveInfinity")]
    [InlineData("Timing = LawTiming.Exact, SkipNonFinite = true, MaxGradientNorm = 1")]
    public Task What_goes_together_is_fine(string values) => RuleAssert.ReportsNothing($$"""
        [Propagator("M(0.9)"), Hyperparameters({{values}})]
        sealed partial class Momentum;
        """);

    [Theory]
    [InlineData("Timing = LawTiming.Delayed", "LawTiming.Delayed, SkipNonFinite = false")]
    [InlineData("Timing = LawTiming.Delayed, SkipNonFinite = true", "false")]
    public async Task A_repair_is_suggested(string values, string suggestion)
    {
        var diagnostic = Assert.Single(await RuleAssert.Analyze($$"""
            [Propagator("M(0.9)"), Hyperparameters({{values}})]
            sealed partial class Momentum;
            """));

        Assert.Equal(suggestion, diagnostic.Properties["Suggestion"]);
    }
}
