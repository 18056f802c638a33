namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC004Tests
{
    private const string Id = "RLLC004";

    [Theory]
    [InlineData("M[|(0.9|]", "(0.9)")]
    [InlineData("M[|(0.9|] ⊕ M(0)", "(0.9)")]
    [InlineData("[|M 0.9|] ⊕ M(0)", "M(0.9)")]
    [InlineData("[|M|]", null)]
    public Task Numbers_without_their_parentheses_are_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("M ( 0.9 )")]
    public Task White_space_around_them_is_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
