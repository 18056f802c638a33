namespace Rllc.Tests;

public class MemoryUnitTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(-0.9)]
    [InlineData(0.9999)]
    public void A_simple_unit_halves_its_weights_in_one_half_life(double beta)
    {
        var unit = Assert.Single(new LinearMemory(SquareMatrix.FromRowMajor(1, [beta]), [1]).Units);
        Assert.Equal(Math.Log(0.5) / Math.Log(Math.Abs(beta)), unit.HalfLife, 1e-7);
        Assert.Equal(1 / (1 - beta), unit.DcGain, 1e-9 / (1 - beta));
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void Half_lives_and_gains_agree_with_the_weights_themselves(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        for (var unit = 0; unit < memory.UnitCount; unit++)
        {
            var weights = Enumerable.Range(0, 4000).Select(lag => memory.AbstractRule(unit, lag)).ToArray();
            Assert.Equal(weights.Sum(), memory.Units[unit].DcGain, 1e-9);

            var half = memory.Units[unit].HalfLife;
            var energy = weights.Sum(weight => weight * weight);
            Assert.True(weights.Skip((int)half).Sum(weight => weight * weight) >= energy / 4 * (1 - 1e-9));
            Assert.True(weights.Skip((int)half + 1).Sum(weight => weight * weight) <= energy / 4 * (1 + 1e-9));
        }
    }

    [Fact]
    public void A_chain_at_zero_holds_each_gradient_for_one_step()
    {
        Assert.Equal([0.0, 1, 2], LinearMemory.Parse("M3(0)").Units.Select(unit => unit.HalfLife));
        Assert.Equal([1.0, 1, 1], LinearMemory.Parse("M3(0)").Units.Select(unit => unit.DcGain));
    }

    [Fact]
    public void A_block_that_does_not_forget_leaves_the_others_their_half_lives()
    {
        var units = LinearMemory.Parse("M(1) ⊕ M(0.5)").Units;
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (units[0].HalfLife, units[0].DcGain));
        Assert.Equal(1, units[1].HalfLife, 1e-12);
        Assert.Equal([0, 1], units.Select(unit => unit.Block));
    }

    [Fact]
    public void A_unit_that_no_gradient_reaches_has_nothing_to_forget()
    {
        var unit = new LinearMemory(new(new[,] { { 0.9, 0 }, { 0, 0.5 } }), [1, 0]).Units[1];
        Assert.Equal((0.0, 0.0), (unit.HalfLife, unit.DcGain));
    }
}
