namespace Rllc.Tests;

public class ConditionNumberTests
{
    [Theory]
    [InlineData("M(0.9) ⊕ M(0)", 7.06)]
    [InlineData("M2(0.6)", 5.46)]
    [InlineData("M3(0.6)", 34.9)]
    [InlineData("M(0.9) ⊕ M2(0.6)", 25.2)]
    [InlineData("M(0.9) ⊕ M(0) ⊕ M2(0.6)", 170.2)]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)", 865.8)]
    [InlineData("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)", 2.79)]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)", 1.263e4)]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)", 3.22e6)]
    public void The_known_figures_come_out(string spec, double expected) =>
        Assert.Equal(1, LinearMemory.Parse(spec).ConditionNumber / expected, 0.003);

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void An_independent_decomposition_gives_the_same(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var values = Dense.Of(memory.S).Svd(computeVectors: false).S;
        Assert.Equal(1, memory.ConditionNumber / (values[0] / values[^1]), 1e-8);
    }

    [Fact]
    public void Units_that_do_the_same_have_an_infinite_condition_number()
    {
        var twins = new LinearMemory(new(new[,] { { 0.9, 0 }, { 0, 0.9 } }), [1, 1]);
        Assert.True(twins.ConditionNumber > 1e15);
        Assert.False(twins.IsControllable);
    }

    [Fact]
    public void A_unit_that_no_gradient_reaches_makes_a_memory_uncontrollable()
    {
        var dead = new LinearMemory(new(new[,] { { 0.9, 0 }, { 0, 0.5 } }), [1, 0]);
        Assert.Equal(double.PositiveInfinity, dead.ConditionNumber);
        Assert.False(dead.IsControllable);
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void Propagators_with_eigenvalues_of_their_own_are_controllable_in_every_basis(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        Assert.True(memory.IsControllable);
        Assert.True(new LinearMemory(memory.B, memory.a).IsControllable);
        Assert.True(memory.InBasis(RandomData.Basis(memory.UnitCount, seed: 1)).IsControllable);
    }
}
