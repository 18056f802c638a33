namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC024Tests
{
    private const string Id = "RLLC024";

    [Fact]
    public Task The_name_of_a_class_in_a_type_that_is_not_partial_is_reported() => RuleAssert.Reports(Id, """
        class Training
        {
            [Propagator("M(0.9)")]
            sealed partial class [|Momentum|];
        }
        """, "Class 'Momentum' is nested in 'Training', which must be partial too");

    [Fact]
    public Task Every_type_around_the_class_is_looked_at() => RuleAssert.Reports(Id, """
        struct Training
        {
            partial interface IOptimizers
            {
                [Propagator("M(0.9)")]
                sealed partial class [|Momentum|];
            }
        }
        """, "Class 'Momentum' is nested in 'Training', which must be partial too");

    [Fact]
    public Task A_class_in_partial_types_is_fine() => RuleAssert.ReportsNothing("""
        partial class Training
        {
            partial record struct Optimizers
            {
                [Propagator("M(0.9)")]
                sealed partial class Momentum;
            }
        }
        """);
}
