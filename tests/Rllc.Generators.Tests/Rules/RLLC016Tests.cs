namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC016Tests
{
    private const string Id = "RLLC016";

    [Theory]
    [InlineData("M16(0.1) ⊕ [|M(0.5)|]")]
    [InlineData("CM8(0.1i) ⊕ [|CM(0.5i)|] ⊕ M(0)")]
    public Task The_block_that_is_too_much_is_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);
}
