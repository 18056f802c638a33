namespace Rllc.Generators.Tests.Rules;

/// <summary>The rules of propagators and classes, where the memory is given by its matrices.</summary>
public sealed class GivenMemoryRulesTests
{
    [Fact]
    public Task An_eigenvalue_outside_the_unit_circle_is_reported() => RuleAssert.Reports("RLLC012", """
        [LinearMemory(B = [|new[] { 0.9, 1, 0, 1.25 }|], a = new[] { 1.0, 0 })]
        sealed partial class Growing;
        """, "The memory grows without bound, the absolute value of '1.25' is 1.25 and must be below 1");

    [Fact]
    public Task An_eigenvalue_outside_the_unit_circle_that_is_not_reached_is_left_out() => RuleAssert.Reports("RLLC054", """
        [LinearMemory(B = new[] { 0.9, 0, 0, 1.25 }, a = [|new[] { 1.0, 0 }|])]
        sealed partial class Growing;
        """);

    [Fact]
    public Task An_eigenvalue_on_the_unit_circle_is_reported() => RuleAssert.Reports("RLLC013", """
        [LinearMemory(B = [|new[] { 1, 0.5, 0, 0.5 }|], a = new[] { 1.0, 0 })]
        sealed partial class Marginal;
        """);

    [Fact]
    public Task Ill_conditioned_propagators_are_reported() => RuleAssert.Reports("RLLC015", """
        [LinearMemory(B = [|new[] { 0.9, 0, 0, 0.89 }|], a = new[] { 1.0, 1 })]
        sealed partial class Close;
        """);

    [Fact]
    public Task Too_many_units_are_reported() => RuleAssert.Reports("RLLC016", $$"""
        [LinearMemory(B = [|new[] { {{string.Join(", ", Enumerable.Repeat("0.0", 17 * 17))}} }|], a = new[] { 1.0 })]
        sealed partial class Large;
        """, "The memory has 17 units, it can have 16");

    [Fact]
    public Task A_class_that_cannot_be_extended_is_reported() => RuleAssert.Reports("RLLC020", """
        [LinearMemory(B = new[] { 0.9 }, a = new[] { 1.0 })]
        sealed class [|Momentum|];
        """);

    [Fact]
    public Task An_initial_law_is_one_of_the_propagators() => RuleAssert.Reports("RLLC030", """
        [LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = new[] { 1.0, 0.0 })]
        [Hyperparameters(InitialLaw = [|new[] { 1.0 }|])]
        sealed partial class Mixed;
        """, "InitialLaw needs one coefficient per memory unit, 2 (M_0_9, M_0_8), but has 1");

    [Fact]
    public Task Hyperparameters_are_read() => RuleAssert.ReportsNothing("""
        [LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = new[] { 1.0, 0.0 })]
        [Hyperparameters(InitialLaw = new[] { 1.0, 0.5 })]
        sealed partial class Mixed;
        """);
}
