using System.Collections.Immutable;
using System.Globalization;
using Rllc.Spec;

namespace Rllc.Tests;

public class LinearMemoryTests
{
    [Fact]
    public void A_spec_gives_the_Jordan_blocks_of_the_paper()
    {
        var memory = LinearMemory.Parse("M3(0.6) ⊕ CM2(0.3+0.2i)");
        Assert.Equal(
            """
            0.6  1    0    0    0     0    0
            0    0.6  1    0    0     0    0
            0    0    0.6  0    0     0    0
            0    0    0    0.3  -0.2  1    0
            0    0    0    0.2  0.3   0    1
            0    0    0    0    0     0.3  -0.2
            0    0    0    0    0     0.2  0.3
            """.ReplaceLineEndings("\n"),
            memory.B.ToString());
        Assert.Equal([1, 0, 0, 1, 0, 0, 0], memory.a.AsEnumerable());
        Assert.Equal([0, 0, 0, 1, 1, 1, 1], memory.Units.Select(unit => unit.Block));
    }

    [Fact]
    public void Several_texts_are_united_in_order()
    {
        var memory = LinearMemory.Parse("M(0.9)", "slow: M(0.99) + M(0)");
        Assert.Equal(PropagatorSpec.Parse("M(0.9) ⊕ slow: M(0.99) ⊕ M(0)"), memory.Spec);
        Assert.Equal(["M_0_9", "slow", "M_0"], memory.Units.Select(unit => unit.Name));
    }

    [Fact]
    public void A_faulty_text_is_refused() => Assert.Throws<SpecException>(() => LinearMemory.Parse("N(0.9)"));

    [Fact]
    public void A_memory_without_a_spec_has_numbered_units()
    {
        var memory = new LinearMemory(SquareMatrix.Identity(2), [1, 0]);
        Assert.Null(memory.Spec);
        Assert.Equal(["unit_1", "unit_2"], memory.Units.Select(unit => unit.Name));
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void Constants_that_were_computed_before_give_the_same_memory(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var constant = LinearMemory.FromConstants(spec, memory.B.ToRowMajor(), memory.a.AsSpan(), memory.S.ToRowMajor());
        Assert.Equal(memory.S.ToRowMajor(), constant.S.ToRowMajor());
        Assert.Equal(memory.ToString(), constant.ToString());
        Assert.Equal(memory.AbstractRule(0, 3), constant.AbstractRule(0, 3));
    }

    [Fact]
    public void Constants_are_taken_as_they_are_and_the_spec_is_not_read_at_the_start()
    {
        var constant = LinearMemory.FromConstants("not read", [0.5], [1], [7]);
        Assert.Equal((1, 0.5, 7.0), (constant.UnitCount, constant.B[0, 0], constant.S[0, 0]));
        Assert.Throws<SpecException>(() => constant.Spec);
        Assert.Throws<ArgumentException>(() => LinearMemory.FromConstants("M(0.5)", [0.5, 0], [1], [7]));
        Assert.Throws<ArgumentException>(() => LinearMemory.FromConstants("M(0.5)", [0.5], [1], []));
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void Rounding_to_single_rounds_every_coefficient_and_keeps_S(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        AssertRounded(memory, memory.RoundedToSingle());
        memory = memory.InBasis(RandomData.Basis(memory.UnitCount, seed: 1));
        AssertRounded(memory, memory.RoundedToSingle());
    }

    [Fact]
    public void An_input_vector_must_fit()
    {
        Assert.Throws<ArgumentException>("a", () => new LinearMemory(SquareMatrix.Identity(2), [1]));
        Assert.Throws<ArgumentException>("a", () => new LinearMemory(SquareMatrix.Identity(2), default(ImmutableArray<double>)));
    }

    [Fact]
    public void The_report_shows_the_matrix_the_units_and_the_cost_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
        try
        {
            Assert.Equal(
                """
                slow: M(0.99) ⊕ CM(0.3-0.2i): 3 units, spectral radius 0.99, controllable, cond(S) 989.2

                unit                  B                a  half-life  DC gain
                slow                  0.99  0     0    1  68.97      100
                CM_0_3_minus_0_2i_Re  0     0.3   0.2  1  0.5621     1.321
                CM_0_3_minus_0_2i_Im  0     -0.2  0.3  0  2.081      0.3774

                per parameter            exact  delayed
                bytes of memory          12     12
                  in bfloat16            6      6
                bytes moved in a step    52     36
                  in bfloat16            34     24
                multiply-adds in a step  14     14
                """.ReplaceLineEndings("\n"),
                LinearMemory.Parse("slow: M(0.99) ⊕ CM(0.3-0.2i)").ToString());
            Assert.StartsWith("linear memory: 1 unit, spectral radius 1, controllable", new LinearMemory(SquareMatrix.Identity(1), [1]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static void AssertRounded(LinearMemory memory, LinearMemory rounded)
    {
        Assert.Equal(memory.B.ToRowMajor().Select(entry => (double)(float)entry), rounded.B.ToRowMajor());
        Assert.Equal(memory.a.Select(entry => (double)(float)entry), rounded.a);
        Assert.Equal(memory.S.ToRowMajor(), rounded.S.ToRowMajor());
        Assert.Equal(memory.Spec, rounded.Spec);
        var weights = Dense.Of(rounded.a) * Dense.Of(rounded.B).Power(4);
        for (var unit = 0; unit < rounded.UnitCount; unit++)
            Assert.Equal(weights[unit], rounded.AbstractRule(unit, 4), 1e-13);
    }
}
