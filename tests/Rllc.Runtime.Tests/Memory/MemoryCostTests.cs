namespace Rllc.Tests;

public class MemoryCostTests
{
    // Multiply-adds: k + 1 for c and γ, 2 to scale gradient and parameter, MB + gaᵀ, k for ML.
    [Theory]
    [InlineData("M(0.9)", 7, 5, 2 + 2 + 1 + 1)]
    [InlineData("M(0)", 7, 5, 2 + 2 + 0 + 1)]
    [InlineData("M(1)", 7, 5, 2 + 2 + 1 + 1)]
    [InlineData("M(0.9) ⊕ M(0)", 10, 7, 3 + 2 + 1 + 2)]
    [InlineData("M2(0.6)", 10, 7, 3 + 2 + 2 + 2)]
    [InlineData("M2(0)", 10, 7, 3 + 2 + 0 + 2)]
    [InlineData("CM(0.3+0.2i)", 10, 7, 3 + 2 + 4 + 2)]
    [InlineData("CM(0.9i)", 10, 7, 3 + 2 + 2 + 2)]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)", 13, 9, 4 + 2 + 3 + 3)]
    public void Costs_are_those_of_the_kernels(string spec, int exactNumbers, int delayedNumbers, int multiplyAdds)
    {
        var cost = LinearMemory.Parse(spec).Cost;
        Assert.Equal((4 * exactNumbers, 4 * delayedNumbers, multiplyAdds), (cost.BytesMovedExact, cost.BytesMovedDelayed, cost.MultiplyAdds));
        Assert.Equal(4 * cost.UnitCount, cost.BytesOfMemory);
    }

    [Fact]
    public void A_memory_in_bfloat16_takes_half_and_parameters_and_gradients_what_they_took()
    {
        var cost = LinearMemory.Parse("M(0.9) ⊕ M(0)").Cost.InBFloat16;
        Assert.Equal((4, 3 * 4 + 16, 2 * 4 + 12), (cost.BytesOfMemory, cost.BytesMovedExact, cost.BytesMovedDelayed));
    }
}
