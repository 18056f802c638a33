namespace Rllc.Tests;

public class MemoryCostTests
{
    // Multiply-adds: k + 1 for c and γ, 2 to scale gradient and parameter, MB + gaᵀ, k for ML.
    [Theory]
    [InlineData("M(0.9)", 7, 5, 2 + 2 + 1 + 1)]
    [InlineData("M(0)", 6, 5, 2 + 2 + 0 + 1)]
    [InlineData("M(1)", 7, 5, 2 + 2 + 1 + 1)]
    [InlineData("M(0.9) ⊕ M(0)", 9, 7, 3 + 2 + 1 + 2)]
    [InlineData("M2(0.6)", 10, 7, 3 + 2 + 2 + 2)]
    [InlineData("M2(0)", 9, 7, 3 + 2 + 0 + 2)]
    [InlineData("CM(0.3+0.2i)", 10, 7, 3 + 2 + 4 + 2)]
    [InlineData("CM(0.9i)", 10, 7, 3 + 2 + 2 + 2)]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)", 13, 9, 4 + 2 + 3 + 3)]
    public void Costs_are_those_of_the_kernels(string spec, int exact, int delayed, int multiplyAdds)
    {
        var memory = LinearMemory.Parse(spec);
        Assert.Equal(new MemoryCost(memory.UnitCount, exact, delayed, multiplyAdds), memory.Cost);
        Assert.Equal(4 * memory.UnitCount, memory.Cost.BytesPerParameter);
    }
}
