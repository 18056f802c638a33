namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC021Tests
{
    private const string Id = "RLLC021";

    [Fact]
    public Task The_modifier_of_a_static_class_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        public [|static|] partial class Momentum;
        """, "Class 'Momentum' cannot be static: an optimizer is an object with a memory");

    [Fact]
    public Task The_modifier_may_be_on_another_part() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        partial class Momentum;

        [|static|] partial class Momentum;
        """);

    [Fact]
    public Task A_class_nested_in_a_static_one_is_fine() => RuleAssert.ReportsNothing("""
        static partial class Optimizers
        {
            [Propagator("M(0.9)")]
            public sealed partial class Momentum;
        }
        """);
}
