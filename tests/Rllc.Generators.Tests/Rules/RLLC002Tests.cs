namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC002Tests
{
    private const string Id = "RLLC002";

    [Theory]
    [InlineData("[|Mo|](0.9)", "M")]
    [InlineData("[|m|](0.9)", "M")]
    [InlineData("[|C|](0.3+0.2i)", "CM")]
    [InlineData("slow: [|N|](0.9)", "M")]
    [InlineData("M(0.9) ⊕ [|Nesterov|](0)", null)]
    public Task Names_other_than_M_and_CM_are_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("M(0.9)")]
    [InlineData("CM(0.3+0.2i)")]
    public Task Both_names_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
