namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC036Tests
{
    private const string Id = "RLLC036";

    [Theory]
    [InlineData("typeof(Learning)", "Learning")]
    [InlineData("typeof(string)", "string")]
    [InlineData("typeof(int[])", "int[]")]
    [InlineData("null", "null")]
    public Task A_class_without_a_fixed_law_cannot_be_compared_with(string argument, string name) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9)")]
        sealed partial class Learning;

        [Propagator("M(0.9)"), FixedLaw(1), EquivalentTo([|{{argument}}|])]
        sealed partial class Momentum;
        """, $"'{name}' has no [Propagator] with [FixedLaw]: only fixed laws can be proved equivalent");

    [Fact]
    public Task A_law_that_learns_cannot_be_compared() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)"), FixedLaw(1)]
        sealed partial class Momentum;

        [Propagator("M(0.9)"), [|EquivalentTo(typeof(Momentum))|]]
        sealed partial class Learning;
        """, "'Learning' has no [Propagator] with [FixedLaw]: only fixed laws can be proved equivalent");

    [Fact]
    public Task Laws_that_are_fixed_can_be_compared() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)"), FixedLaw(1)]
        sealed partial class Momentum;

        [Propagator("M(0.9)"), FixedLaw(1), EquivalentTo(typeof(Momentum))]
        sealed partial class HeavyBall;
        """);
}
