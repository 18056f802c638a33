namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC020Tests
{
    private const string Id = "RLLC020";

    [Fact]
    public Task The_name_of_a_class_that_is_not_partial_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        public sealed class [|Momentum|];
        """, "Class 'Momentum' must be partial: its memory and its step are generated into it");

    [Fact]
    public Task A_partial_class_is_fine() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        sealed partial class Momentum;
        """);

    [Fact]
    public Task A_class_of_another_attribute_is_left_alone() => RuleAssert.ReportsNothing("""
        [System.Obsolete("M(0.9)")]
        sealed class Momentum;
        """);

    [Fact]
    public Task An_attribute_of_the_same_name_from_elsewhere_is_left_alone() => RuleAssert.ReportsNothing("""
        [Other.Propagator("M(0.9)")]
        sealed class Momentum;

        namespace Other
        {
            sealed class PropagatorAttribute(string spec) : System.Attribute { public string Spec => spec; }
        }
        """);
}
