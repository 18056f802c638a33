namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC007Tests
{
    private const string Id = "RLLC007";

    [Theory]
    [InlineData("slow: M(0.99) ⊕ [|slow|]: M(0.9)", "slow2")]
    [InlineData("M(0.9) ⊕ [|M_0_9|]: M(0.8)", "M_0_92")]
    [InlineData("[|M_0_9|]: M(0.8) ⊕ M(0.9)", "M_0_92")]
    public Task Names_that_two_units_would_have_are_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("slow: M(0.99) ⊕ fast: M(0.9)")]
    [InlineData("slow: M(0.99) ⊕ Slow: M(0.9)")]
    public Task Different_names_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
