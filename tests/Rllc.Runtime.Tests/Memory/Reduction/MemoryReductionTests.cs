using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Rllc.Spec;

namespace Rllc.Tests;

public sealed class MemoryReductionTests
{
    public static TheoryData<int, int> Sizes => RandomMemories.Sizes;

    /// <summary>B row by row, a, the propagators, Q⁺ row by row.</summary>
    public static TheoryData<double[], double[], string, double[]> ByHand => new()
    {
        { [0.9], [1], "M(0.9)", [1] },
        { [0.9], [-2], "M(0.9)", [-2] },
        { [0.9, 0.1, 0, 0.8], [1, 0], "M(0.9) ⊕ M(0.8)", [1, 1, 0, -1] },
        { [0.9, 0.1, 0, 0.8], [1, 1], "M(0.9)", [1, 1] },
        { [0.8, 0, 0, 0.9], [1, 2], "M(0.9) ⊕ M(0.8)", [0, 2, 1, 0] },
        { [0.9, 0, 0, 0.9], [3, 4], "M(0.9)", [3, 4] },
        { [0.9, 1, 0, 0.9], [1, 0], "M2(0.9)", [1, 0, 0, 1] },
        { [0.9, 1, 0, 0.9], [0, 1], "M(0.9)", [0, 1] },
        { [0.3, 0.4, -0.4, 0.3], [1, 0], "CM(0.3+0.4i)", [1, 0, 0, -1] },
        { [1.4, 1, -0.48, 0], [1, 0], "M(0.8) ⊕ M(0.6)", [4, 5, -3, -5] },
        { [1.2, 1, -0.36, 0], [1, 0], "M2(0.6)", [1, 0, 0.6, 1] },
        { [1.2, 1, -0.45, 0], [1, 0], "CM(0.6+0.3i)", [1, 0, -2, -10 / 3.0] },
        { [0, 1, 0, 0, 0, 1, 0, 0, 0], [1, 0, 0], "M3(0)", [1, 0, 0, 0, 1, 0, 0, 0, 1] },
        { [0, 0.5, 0.5, 0], [1, 0], "M(0.5) ⊕ M(-0.5)", [0.5, 0.5, 0.5, -0.5] },
        { [0, 0, 0, 0], [1, 1], "M(0)", [1, 1] },
        { [1, 1, 0, 1], [1, 0], "M2(1)", [1, 0, 0, 1] },
        { [1.5, 0, 0, -2], [1, 1], "M(-2) ⊕ M(1.5)", [0, 1, 1, 0] },
    };

    [Theory, MemberData(nameof(ByHand))]
    public void Small_memories_are_the_sums_that_one_finds_by_hand(double[] B, double[] a, string spec, double[] pseudoInverse)
    {
        var reduction = Reduce(B, a);

        Assert.Equal(spec, reduction.Spec);
        Assert.Equal(pseudoInverse, reduction.PseudoInverse.SelectMany(row => row), (expected, actual) => Math.Abs(expected - actual) < 1e-13);
        Assert.Empty(reduction.NearlyEqual);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_propagators_of_a_memory_in_any_basis_are_found_exactly(int units, int unreached)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var blocks = RandomMemories.Blocks(units, new Random(1000 * units + seed));
            var memory = RandomMemories.Of(blocks, unreached, seed);

            var reduction = MemoryReduction.Of(memory.B, memory.a)!;

            Assert.Equal(SpecPrinter.Print(blocks), reduction.Spec);
            Assert.Equal(unreached, reduction.DroppedEigenvalues.Length);
            Assert.InRange(reduction.WeightError(memory.B, memory.a), 0, 1e-11);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Q_takes_the_given_memory_to_the_propagators(int units, int unreached)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var memory = RandomMemories.Of(RandomMemories.Blocks(units, new Random(1000 * units + seed)), unreached, seed);
            var reduction = MemoryReduction.Of(memory.B, memory.a)!;
            var (Q, inverse) = (Rows(reduction.Q), Rows(reduction.PseudoInverse));
            var (J, e) = (Dense.Of(JordanForm.Matrix(reduction.Blocks)), Dense.Of(JordanForm.Input(reduction.Blocks)));
            var size = inverse.FrobeniusNorm();

            Assert.InRange((inverse * Dense.Of(memory.B) - J * inverse).FrobeniusNorm() / size, 0, 1e-11);
            Assert.InRange((e * inverse - Dense.Of(memory.a)).L2Norm() / size, 0, 1e-11);
            Assert.InRange((inverse * Q - Matrix<double>.Build.DenseIdentity(units)).FrobeniusNorm() / (Q.FrobeniusNorm() * size), 0, 1e-12);
        }
    }

    [Fact]
    public void What_is_not_reached_is_named()
    {
        Assert.Equal([0.8], Reduce([0.9, 0.1, 0, 0.8], [1, 1]).DroppedEigenvalues.Select(value => Math.Round(value.Real, 12)));
        Assert.Equal([0.9], Reduce([0.9, 0, 0, 0.9], [1, 1]).DroppedEigenvalues.Select(value => Math.Round(value.Real, 12)));
        var pair = Reduce([0.5, 0, 0, 0, 0.1, 2, 0, -2, 0.1], [1, 0, 0]);
        Assert.Equal("M(0.5)", pair.Spec);
        Assert.Equal([new(0.1, 2), new(0.1, -2)], pair.DroppedEigenvalues, (Complex x, Complex y) => (x - y).Magnitude < 1e-14);
    }

    [Theory]
    [InlineData(1e-5, "M2(0.900005)")]
    [InlineData(1e-8, "M2(0.900000005)")]
    public void Nearly_equal_eigenvalues_become_a_confluent_block_that_hardly_differs(double difference, string spec)
    {
        double[] B = [0.9, 0, 0, 0.9 + difference], a = [1, 1];
        var reduction = Reduce(B, a);

        Assert.Equal(spec, reduction.Spec);
        var group = Assert.Single(reduction.NearlyEqual);
        Assert.Equal([0.9, 0.9 + difference], group.Given.Select(eigenvalue => eigenvalue.Value.Real).Order(), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(2, group.Merged.Order);
        Assert.InRange(reduction.WeightError(SquareMatrix.FromRowMajor(2, B), [.. a]), 0, 1e-8);
    }

    [Fact]
    public void Equal_eigenvalues_that_rounding_has_split_are_no_near_ones()
    {
        // Trace and determinant are those of a double eigenvalue 0.9 to within rounding; computed, it is 0.9 ± 1e-8.
        var reduction = Reduce([0.7, 0.4, -0.1, 1.1], [1, 0]);

        Assert.Equal("M2(0.9)", reduction.Spec);
        Assert.Empty(reduction.NearlyEqual);
    }

    [Fact]
    public void A_pair_that_is_nearly_real_becomes_a_confluent_block()
    {
        var reduction = Reduce([0.9, 1e-6, -1e-6, 0.9], [1, 0]);

        Assert.Equal("M2(0.9)", reduction.Spec);
        Assert.True(Assert.Single(Assert.Single(reduction.NearlyEqual).Given).IsPair);
    }

    [Fact]
    public void Eigenvalues_that_float32_can_tell_apart_stay_apart()
    {
        var reduction = Reduce([0.9, 0, 0, 0.899], [1, 1]);

        Assert.Equal("M(0.9) ⊕ M(0.899)", reduction.Spec);
        Assert.Empty(reduction.NearlyEqual);
    }

    [Theory]
    [InlineData("M16(0.5)")]
    [InlineData("M8(-0.3)")]
    [InlineData("CM4(0.3+0.6i)")]
    [InlineData("M(0.9) ⊕ CM2(0.5+0.5i) ⊕ M3(0.4) ⊕ M4(0)")]
    public void A_sum_of_propagators_reduces_to_itself(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var reduction = MemoryReduction.Of(memory.B, memory.a)!;

        Assert.Equal(spec, reduction.Spec);
        Assert.Equal(SquareMatrix.Identity(memory.UnitCount).ToRowMajor(), reduction.PseudoInverse.SelectMany(row => row), (x, y) => Math.Abs(x - y) < 1e-9);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void The_size_of_a_does_not_matter(double size)
    {
        var reduction = Reduce([0.9, 0.1, 0, 0.8], [size, 0]);

        Assert.Equal("M(0.9) ⊕ M(0.8)", reduction.Spec);
        Assert.Equal([1, 1, 0, -1], reduction.PseudoInverse.SelectMany(row => row).Select(entry => entry / size), (x, y) => Math.Abs(x - y) < 1e-13);
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0.5) ⊕ M(0)")]
    [InlineData("M(0.9) ⊕ M2(0.5)")]
    [InlineData("M(0.6) ⊕ CM(0.3+0.4i)")]
    public void The_scales_of_the_units_do_not_matter(string spec)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var memory = LinearMemory.Parse(spec).InBasis(RandomData.Basis(3, seed));
            var scaled = memory.InBasis(new(new[,] { { 1e-7, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1e7 } }));
            var (reduction, ofScaled) = (MemoryReduction.Of(memory.B, memory.a)!, MemoryReduction.Of(scaled.B, scaled.a)!);

            Assert.Equal(spec, ofScaled.Spec);
            double[] scales = [1e-7, 1, 1e7];
            for (var unit = 0; unit < 3; unit++)
            for (var given = 0; given < 3; given++)
            {
                Assert.Equal(reduction.PseudoInverse[unit][given], ofScaled.PseudoInverse[unit][given] / scales[given], 1e-11);
                Assert.Equal(reduction.Q[given][unit], ofScaled.Q[given][unit] * scales[given], 1e-11);
            }
        }
    }

    [Theory]
    [InlineData(1e-17, "M(0.9)")]
    [InlineData(1e-7, "M(0.900001) ⊕ M(0.799999)")]
    public void What_enters_by_rounding_alone_is_left_out(double coupling, string spec) =>
        Assert.Equal(spec, string.Join(" ⊕ ", Reduce([0.9, coupling, 1, 0.8], [1, 0]).Blocks.Select(block => SpecPrinter.PrintCore(block with { Real = Math.Round(block.Real, 6) }))));

    [Theory]
    [InlineData(1e160)]
    [InlineData(1e300)]
    public void Entries_near_overflow_end_in_no_exception(double size)
    {
        var B = SquareMatrix.FromRowMajor(3, [size, -size, size, size, size, -size, size, 1, size]);

        Assert.False(MemoryReduction.Of(B, [1, 2, 3])?.WeightError(B, [1, 2, 3]) <= 1);
    }

    [Fact]
    public void The_sum_is_spelled_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
            Assert.Equal("M(0.9) ⊕ M(-0.8)", Reduce([0.9, 0.1, 0, -0.8], [1, 0]).Spec);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static MemoryReduction Reduce(double[] B, double[] a) => MemoryReduction.Of(SquareMatrix.FromRowMajor(a.Length, B), [.. a])!;

    private static Matrix<double> Rows(ImmutableArray<ImmutableArray<double>> rows) => Matrix<double>.Build.DenseOfRows(rows.Select(row => row.AsEnumerable()));
}
