namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC003Tests
{
    private const string Id = "RLLC003";

    [Theory]
    [InlineData("M([|0,9|])", "0.9")]
    [InlineData("CM([|0.3+0.2j|])", "0.3+0.2i")]
    [InlineData("M([|0.9.1|])", null)]
    [InlineData("M[|()|]", null)]
    [InlineData("CM([|0.3+|])", null)]
    [InlineData("M([|1e999|])", null)]
    public Task What_is_no_number_is_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("M(.9)")]
    [InlineData("M(-.5)")]
    [InlineData("M(9e-1)")]
    [InlineData("CM(0.3+0.2i)")]
    [InlineData("CM(0.9i)")]
    [InlineData("CM(0.3 − 0.2i)")]
    public Task All_spellings_of_a_number_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
