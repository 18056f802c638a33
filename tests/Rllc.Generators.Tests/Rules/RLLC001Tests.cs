namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC001Tests
{
    private const string Id = "RLLC001";

    [Theory]
    [InlineData("M(0.9) [|#|] M(0)", "⊕")]
    [InlineData("M(0.9) [|⨁|] M(0)", "⊕")]
    [InlineData("M(0.9) ⊕ M(0)[|;|]", null)]
    [InlineData("[|😀|] M(0.9)", null)]
    public Task Characters_that_belong_to_no_term_are_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9)+M(0)")]
    [InlineData("M(0.9) (+) M(0)")]
    public Task All_sum_signs_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
