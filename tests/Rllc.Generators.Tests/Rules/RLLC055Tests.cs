namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC055Tests
{
    private const string Id = "RLLC055";

    [Fact]
    public Task Eigenvalues_that_float32_cannot_tell_apart_are_reported() => RuleAssert.Reports(Id, """
        [LinearMemory(B = [|new[] { 0.9, 0.0, 0.0, 0.90001 }|], a = new[] { 1.0, 1.0 })]
        sealed partial class Mixed;
        """, "The eigenvalues 0.90001, 0.9 of B are too near to each other to be told apart in float32; 'M2(0.900005)' stands for them");

    [Fact]
    public Task A_pair_that_is_nearly_real_is_reported() => RuleAssert.Reports(Id, """
        [LinearMemory(B = [|new[] { 0.9, 1e-6, -1e-6, 0.9 }|], a = new[] { 1.0, 0.0 })]
        sealed partial class Mixed;
        """, "The eigenvalues 0.9+1e-6i, 0.9-1e-6i of B are too near to each other to be told apart in float32; 'M2(0.9)' stands for them");

    [Fact]
    public Task An_eigenvalue_that_only_rounding_splits_is_fine() => RuleAssert.ReportsNothing("""
        [LinearMemory(B = new[] { 0.7, 0.4, -0.1, 1.1 }, a = new[] { 1.0, 0.0 })]
        sealed partial class Mixed;
        """);
}
