namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC066Tests
{
    private const string Id = "RLLC066";

    [Theory]
    [InlineData("RmsProp")]
    [InlineData("Sgd")]
    public Task Momenta_of_a_formula_that_keeps_none_are_reported(string formula) => RuleAssert.Reports(Id, $"""
        [{formula}, [|CriticalMomenta(Capacity = 3)|]]
        sealed partial class Declared;
        """, $"Class 'Declared' has [CriticalMomenta] with [{formula}], which keeps no mean of its gradients: use [CriticalGradients]");

    [Theory]
    [InlineData("RmsProp, CriticalGradients")]
    [InlineData("Sgd(Momentum = 0.9), CriticalGradients")]
    [InlineData("AdamW, CriticalMomenta")]
    public Task Buffers_that_fit_are_fine(string attributes) => RuleAssert.ReportsNothing($"""
        [{attributes}]
        sealed partial class Declared;
        """);

    [Theory]
    [InlineData("RmsProp(Alpha = [|1.0|])", "Alpha must be at least 0 and below 1, but is 1")]
    [InlineData("RmsProp(Momentum = [|-0.1|])", "Momentum must be at least 0 and below 1, but is -0.1")]
    [InlineData("RmsProp(Epsilon = [|0|])", "Epsilon must be finite and above 0 in float32, but is 0")]
    [InlineData("Sgd(Momentum = [|double.NaN|])", "Momentum must be at least 0 and below 1, but is NaN")]
    public Task Coefficients_out_of_range_are_reported(string formula, string message) => RuleAssert.Reports("RLLC060", $"""
        [{formula}]
        sealed partial class Declared;
        """, message);

    [Fact]
    public Task Two_formulas_are_reported() => RuleAssert.Reports("RLLC061", """
        [Adam, [|Sgd|]]
        sealed partial class Declared;
        """, "Class 'Declared' has [Adam] and [Sgd]: an optimizer steps by one of them");
}
