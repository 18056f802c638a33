namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC012Tests
{
    private const string Id = "RLLC012";

    [Theory]
    [InlineData("M([|1.1|])")]
    [InlineData("M(0.9) ⊕ M([|-2|])")]
    [InlineData("CM([|0.8+0.8i|])")]
    public Task Eigenvalues_outside_the_unit_circle_are_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);

    [Theory]
    [InlineData("M(0.999)")]
    [InlineData("M(-0.9)")]
    [InlineData("CM(0.6+0.7i)")]
    public Task Eigenvalues_inside_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
