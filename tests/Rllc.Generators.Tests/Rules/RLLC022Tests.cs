namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC022Tests
{
    private const string Id = "RLLC022";

    [Fact]
    public Task The_modifier_of_an_abstract_class_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        public [|abstract|] partial class Momentum;
        """, "Class 'Momentum' cannot be abstract: what is generated into it makes it complete");

    [Fact]
    public Task The_modifier_may_be_on_another_part() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        partial class Momentum;

        [|abstract|] partial class Momentum;
        """);

    [Fact]
    public Task A_class_that_is_not_sealed_is_fine() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        partial class Momentum;
        """);
}
