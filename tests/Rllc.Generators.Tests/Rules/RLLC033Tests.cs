namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC033Tests
{
    private const string Id = "RLLC033";

    [Fact]
    public Task Hyperparameters_on_a_class_without_a_propagator_are_reported() => RuleAssert.Reports(Id, """
        [[|Hyperparameters(LearningRate = -1)|]]
        sealed class Model;
        """, "Class 'Model' has [Hyperparameters] but no [Propagator]: nothing reads it");

    [Fact]
    public Task Every_other_attribute_on_a_class_without_a_propagator_is_reported() => RuleAssert.Reports(Id, """
        [[|FixedLaw(1)|]]
        [[|Hyperparameters(LearningRate = 0.1)|]]
        [[|EquivalentTo(typeof(Model))|]]
        sealed class Model;
        """,
        "Class 'Model' has [FixedLaw] but no [Propagator]: nothing reads it",
        "Class 'Model' has [Hyperparameters] but no [Propagator]: nothing reads it",
        "Class 'Model' has [EquivalentTo] but no [Propagator]: nothing reads it");

    [Fact]
    public Task The_propagator_may_be_on_another_part() => RuleAssert.ReportsNothing("""
        [Hyperparameters(LearningRate = 0.1)]
        sealed partial class Momentum;

        [Propagator("M(0.9)")]
        sealed partial class Momentum;
        """);
}
