namespace Rllc.Tests;

public class StationaryTests
{
    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void S_solves_its_equation(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var (B, S) = (Dense.Of(memory.B), Dense.Of(memory.S));
        var a = Dense.Of(memory.a);
        Assert.True((S - B.Transpose() * S * B - a.OuterProduct(a)).L2Norm() <= 1e-14 * S.L2Norm());
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void S_is_what_a_linear_solver_makes_of_its_equation(string spec)
    {
        // vec(S) = (I − Bᵀ⊗Bᵀ)⁻¹ vec(aaᵀ)
        var memory = LinearMemory.Parse(spec);
        var (B, a) = (Dense.Of(memory.B), Dense.Of(memory.a));
        var k = memory.UnitCount;
        var system = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(k * k) - B.Transpose().KroneckerProduct(B.Transpose());
        var vector = system.Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(a.OuterProduct(a).ToColumnMajorArray()));
        for (var i = 0; i < k; i++)
        for (var j = 0; j < k; j++)
            Assert.Equal(0, (memory.S[i, j] - vector[i * k + j]) / Math.Sqrt(memory.S[i, i] * memory.S[j, j]), 2e-14);
    }

    [Theory]
    [InlineData("M(0.9)", 0.9)]
    [InlineData("M(0.999)", 0.999)]
    [InlineData("M(-0.999999)", 0.999999)]
    public void S_of_one_unit_is_a_geometric_series(string spec, double modulus) =>
        Assert.Equal(1, LinearMemory.Parse(spec).S[0, 0] * (1 - modulus) * (1 + modulus), 1e-15 / (1 - modulus));

    [Theory]
    [InlineData("M(1)")]
    [InlineData("M(1) ⊕ M(0.5)")]
    [InlineData("CM(0.6+0.8i)")]
    [InlineData("M2(1)")]
    public void Where_the_spectral_radius_is_1_S_is_that_of_a_slightly_forgetful_memory(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var forgetful = new LinearMemory(0.999 * memory.B, memory.a);
        Assert.Equal(1, memory.SpectralRadius, 1e-15);
        Assert.True((memory.S - forgetful.S).LargestEntry() <= 1e-12 * forgetful.S.LargestEntry());
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void S_goes_along_with_a_change_of_basis(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var other = memory.InBasis(RandomData.Basis(memory.UnitCount, seed: 2));
        var computed = new LinearMemory(other.B, other.a).S;
        Assert.True((other.S - computed).LargestEntry() <= 1e-11 * computed.LargestEntry());
    }

    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void The_spectral_radius_is_the_largest_eigenvalue_in_every_basis(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var largest = Dense.Of(memory.B).Evd().EigenValues.Max(value => value.Magnitude);
        Assert.Equal(largest, memory.SpectralRadius, 1e-12);
        Assert.Equal(largest, new LinearMemory(memory.B, memory.a).SpectralRadius, 1e-9);
        Assert.Equal(memory.SpectralRadius, memory.InBasis(RandomData.Basis(memory.UnitCount, seed: 3)).SpectralRadius);
    }

    [Fact]
    public void Gelfands_formula_copes_with_a_long_chain()
    {
        var chain = LinearMemory.Parse("M16(0.9)");
        Assert.Equal(0.9, new LinearMemory(chain.B, chain.a).SpectralRadius, 1e-6);
    }
}
