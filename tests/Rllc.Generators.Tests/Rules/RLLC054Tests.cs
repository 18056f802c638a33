namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC054Tests
{
    private const string Id = "RLLC054";

    [Fact]
    public Task A_memory_with_parts_that_no_gradient_reaches_is_reported() => RuleAssert.Reports(Id, """
        [LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = [|new[] { 1.0, 1.0 }|])]
        sealed partial class Mixed;
        """, "Gradients reach 1 of the 2 dimensions of the memory; the others, with the eigenvalues 0.8 of B, are left out");

    [Fact]
    public Task Pairs_are_named_whole_and_repeated_eigenvalues_once() => RuleAssert.Reports(Id, """
        [LinearMemory(B = new[]
        {
            0.5, 0, 0, 0, 0,
            0, 0.1, 2, 0, 0,
            0, -2, 0.1, 0, 0,
            0, 0, 0, 0.5, 0,
            0, 0, 0, 0, 0.5,
        }, a = [|new[] { 1.0, 0, 0, 1, 1 }|])]
        sealed partial class Mixed;
        """, "Gradients reach 1 of the 5 dimensions of the memory; the others, with the eigenvalues 0.5, 0.1+2i, 0.1-2i of B, are left out");

    [Fact]
    public Task A_part_that_gradients_hardly_reach_is_fine() => RuleAssert.ReportsNothing("""
        [LinearMemory(B = new[] { 0.9, 0, 0, 0.2 }, a = new[] { 1.0, 1e-8 })]
        sealed partial class Mixed;
        """);
}
