namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC015Tests
{
    private const string Id = "RLLC015";

    [Theory]
    [InlineData("M(0.9) ⊕ [|M(0.89)|]")]
    [InlineData("M(0.5) ⊕ M(0) ⊕ [|M(0.47)|]")]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ [|CM(0.3+0.2i)|]")]
    public Task Nearly_dependent_units_are_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    [InlineData("M3(0.6)")]
    public Task The_papers_memories_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);

    [Fact]
    public async Task The_message_has_the_figure_and_a_better_block()
    {
        var diagnostic = Assert.Single(await RuleAssert.Analyze("""
            [Propagator("M(0.9) ⊕ M(0.89)")]
            sealed partial class Declared;
            """));

        Assert.Contains("cond(S) is 1.6e3", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("'M2(0.895)'", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_fixed_law_does_not_learn_and_is_left_alone() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9) ⊕ M(0.89)"), FixedLaw(10, -9)]
        sealed partial class Fixed;
        """);
}
