namespace Rllc.Tests;

public class AbstractRuleTests
{
    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void The_closed_form_agrees_with_the_powers_of_B(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var weights = Dense.Of(memory.a);
        for (var lag = 0; lag < 100; lag++, weights = weights * Dense.Of(memory.B))
        for (var unit = 0; unit < memory.UnitCount; unit++)
            Assert.Equal(weights[unit], memory.AbstractRule(unit, lag), 1e-13 * Math.Max(1, weights.L2Norm()));
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void A_memory_in_another_basis_remembers_the_same_mixed(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var Q = RandomData.Basis(memory.UnitCount, seed: 4);
        var other = memory.InBasis(Q);
        foreach (var lag in (int[])[0, 1, 2, 7, 40])
        for (var unit = 0; unit < memory.UnitCount; unit++)
        {
            var mixed = Enumerable.Range(0, memory.UnitCount).Sum(old => memory.AbstractRule(old, lag) * Q[old, unit]);
            Assert.Equal(mixed, other.AbstractRule(unit, lag), 1e-11);
        }
    }

    [Fact]
    public void Units_of_a_complex_block_are_the_real_part_and_minus_the_imaginary_part()
    {
        var memory = LinearMemory.Parse("CM2(0.3+0.2i)");
        var eigenvalue = new System.Numerics.Complex(0.3, 0.2);
        for (var lag = 1; lag < 20; lag++)
        {
            var first = System.Numerics.Complex.Pow(eigenvalue, lag);
            var second = lag * System.Numerics.Complex.Pow(eigenvalue, lag - 1);
            double[] expected = [first.Real, -first.Imaginary, second.Real, -second.Imaginary];
            for (var unit = 0; unit < 4; unit++)
                Assert.Equal(expected[unit], memory.AbstractRule(unit, lag), 1e-14);
        }
    }

    [Fact]
    public void A_chain_of_order_m_at_zero_stores_the_last_m_gradients()
    {
        var memory = LinearMemory.Parse("M4(0)");
        for (var unit = 0; unit < 4; unit++)
        for (var lag = 0; lag < 8; lag++)
            Assert.Equal(unit == lag ? 1 : 0, memory.AbstractRule(unit, lag));
    }

    [Fact]
    public void Units_and_lags_that_do_not_exist_are_refused()
    {
        var memory = LinearMemory.Parse("M(0.9) ⊕ M(0)");
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => memory.AbstractRule(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => memory.AbstractRule(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("lag", () => memory.AbstractRule(0, -1));
    }
}
