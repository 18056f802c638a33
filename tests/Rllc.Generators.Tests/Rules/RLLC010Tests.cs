namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC010Tests
{
    private const string Id = "RLLC010";

    [Theory]
    [InlineData("[|M(0.3+0.2i)|]", "CM(0.3+0.2i)")]
    [InlineData("slow: [|M2(0.9i)|] ⊕ M(0)", "CM2(0.9i)")]
    [InlineData("[|M(0.5+0i)|]", "M(0.5)")]
    public Task A_complex_argument_of_M_is_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("CM(0.3+0.2i)")]
    public Task A_complex_argument_of_CM_is_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
