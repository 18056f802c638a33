namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC005Tests
{
    private const string Id = "RLLC005";

    [Theory]
    [InlineData("M[|0|](0.9)")]
    [InlineData("M[|_0|](0.9)")]
    [InlineData("M[|₀|](0.9)")]
    [InlineData("M[|17|](0.1)")]
    [InlineData("CM[|99999999999|](0.1i)")]
    public Task Orders_out_of_range_are_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);

    [Theory]
    [InlineData("M1(0.5)")]
    [InlineData("M2(0.5)")]
    [InlineData("M_2(0.5)")]
    [InlineData("M₂(0.5)")]
    public Task All_spellings_of_an_order_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
