namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC015Tests
{
    private const string Id = "RLLC015";

    [Theory]
    [InlineData("[|M(0.9) ⊕ M(0.89)|]")]
    public Task Nearly_dependent_units_are_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    [InlineData("M3(0.6)")]
    public Task The_papers_memories_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
