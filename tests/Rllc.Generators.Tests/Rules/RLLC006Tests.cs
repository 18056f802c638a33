namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC006Tests
{
    private const string Id = "RLLC006";

    [Theory]
    [InlineData("M(0.9) [|M|](0)", "⊕ M")]
    [InlineData("M(0.9) [|⊕|]", null)]
    [InlineData("[|+|] M(0.9)", null)]
    [InlineData("M(0.9) ⊕ [|⊕|] M(0)", null)]
    [InlineData("[|   |]", null)]
    [InlineData("slow[|:|]", null)]
    public Task Terms_that_are_not_there_are_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);
}
