namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC030Tests
{
    private const string Id = "RLLC030";

    [Theory]
    [InlineData("new double[] { 1 }", "1")]
    [InlineData("new[] { 1.0, 0, 0 }", "3")]
    [InlineData("[1, 0, 0, 0]", "4")]
    [InlineData("new double[] { }", "0")]
    public Task A_law_of_another_length_than_the_memory_is_reported(string law, string length) => RuleAssert.Reports(Id, $$"""
        [Propagator("slow: M(0.9) ⊕ M(0)"), Hyperparameters(InitialLaw = [|{{law}}|])]
        sealed partial class MomentumMix;
        """, $"InitialLaw needs one coefficient per memory unit, 2 (slow, M_0), but has {length}");

    [Theory]
    [InlineData("[|FixedLaw|]", "0")]
    [InlineData("FixedLaw([|1|])", "1")]
    [InlineData("FixedLaw([|1, 0.5, 0|])", "3")]
    [InlineData("FixedLaw([|new[] { 1.0, 0.5, 0 }|])", "3")]
    [InlineData("FixedLaw([|null|])", "0")]
    public Task A_fixed_law_of_another_length_than_the_memory_is_reported(string law, string length) => RuleAssert.Reports(Id, $$"""
        [Propagator("slow: M(0.9) ⊕ M(0)"), {{law}}]
        sealed partial class MomentumMix;
        """, $"FixedLaw needs one coefficient per memory unit, 2 (slow, M_0), but has {length}");

    [Theory]
    [InlineData("0.9, 1")]
    [InlineData("new[] { 0.9, 1 }")]
    [InlineData("coefficients: [0.9, 1]")]
    [InlineData("0.9 * 0.5, -1")]
    public Task A_fixed_law_of_the_memorys_length_is_fine(string law) => RuleAssert.ReportsNothing($$"""
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw({{law}})]
        sealed partial class MomentumMix;
        """);

    [Fact]
    public Task The_units_of_every_attribute_count() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        [Propagator("CM(0.3+0.2i)")]
        [Hyperparameters(InitialLaw = [|new double[] { 1, 0 }|])]
        sealed partial class Wave;
        """);

    [Theory]
    [InlineData("new double[] { 1, 0 }")]
    [InlineData("new[] { 0.3, -0.1 }")]
    [InlineData("[0, 1]")]
    [InlineData("null")]
    public Task A_law_of_the_memorys_length_is_fine(string law) => RuleAssert.ReportsNothing($$"""
        [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters(InitialLaw = {{law}})]
        sealed partial class MomentumMix;
        """);

    [Fact]
    public async Task A_spec_with_an_error_has_no_length_to_compare_with()
    {
        var diagnostic = Assert.Single(await RuleAssert.Analyze("""
            [Propagator("Mo(0.9)"), Hyperparameters(InitialLaw = new double[] { 1, 0, 0 })]
            sealed partial class MomentumMix;
            """));

        Assert.Equal("RLLC002", diagnostic.Id);
    }
}
