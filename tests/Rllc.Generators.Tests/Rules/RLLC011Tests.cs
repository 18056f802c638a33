namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC011Tests
{
    private const string Id = "RLLC011";

    [Theory]
    [InlineData("[|CM(0.9)|]", "M(0.9)")]
    [InlineData("M(0) ⊕ [|CM2(0.6+0i)|]", "M2(0.6)")]
    [InlineData("[|CM(0.5+1e-60i)|]", "M(0.5)")]
    public Task An_argument_of_CM_without_an_imaginary_part_is_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("CM(0.9i)")]
    public Task A_purely_imaginary_argument_is_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
