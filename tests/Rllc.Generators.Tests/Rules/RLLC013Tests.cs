namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC013Tests
{
    private const string Id = "RLLC013";

    [Theory]
    [InlineData("M([|1|])")]
    [InlineData("M([|-1.0|])")]
    [InlineData("CM([|i|])")]
    [InlineData("CM([|0.6+0.8i|])")]
    [InlineData("M([|0.99999999|])")]
    public Task Eigenvalues_on_the_unit_circle_are_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);

    [Fact]
    public Task A_fixed_law_does_not_learn_and_is_left_alone() => RuleAssert.ReportsNothing("""
        [Propagator("M(1) ⊕ M(0)"), FixedLaw(0.1, 1)]
        sealed partial class Fixed;
        """);
}
