namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC058Tests
{
    private const string Id = "RLLC058";

    [Fact]
    public Task The_sum_that_a_memory_is_reduced_to_is_told() => RuleAssert.Reports(Id, """
        [[|LinearMemory|](B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = new[] { 1.0, 0.0 })]
        sealed partial class Mixed;
        """, "The memory is reduced to M(0.9) ⊕ M(0.8)");

    [Fact]
    public async Task Nothing_is_told_of_a_memory_with_an_error() => Assert.Equal(
        ["RLLC012"],
        (await RuleAssert.Analyze("[LinearMemory(B = [1.5], a = [1])] sealed partial class Mixed;")).Select(diagnostic => diagnostic.Id));
}
