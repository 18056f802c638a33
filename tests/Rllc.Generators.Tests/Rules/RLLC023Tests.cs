namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC023Tests
{
    private const string Id = "RLLC023";

    [Fact]
    public Task The_type_parameters_of_a_class_are_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        public sealed partial class Momentum[|<T>|];
        """, "Class 'Momentum' can neither be generic nor be nested in a generic type: 'Momentum' has type parameters");

    [Fact]
    public Task The_name_of_a_class_in_a_generic_type_is_reported() => RuleAssert.Reports(Id, """
        partial class Trainer<T>
        {
            partial class Optimizers
            {
                [Propagator("M(0.9)")]
                sealed partial class [|Momentum|];
            }
        }
        """, "Class 'Momentum' can neither be generic nor be nested in a generic type: 'Trainer' has type parameters");

    [Fact]
    public Task A_generic_class_in_a_generic_type_is_reported_once() => RuleAssert.Reports(Id, """
        partial class Trainer<T>
        {
            [Propagator("M(0.9)")]
            sealed partial class Momentum[|<TState>|];
        }
        """);
}
