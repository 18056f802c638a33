using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

public sealed class HessenbergEigenvaluesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    public void Eigenvalues_of_random_matrices_are_those_of_another_library(int size)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = RandomData.Normal(size * size, seed);
            var H = new double[size, size];
            for (var i = 0; i < size; i++)
            for (var j = Math.Max(0, i - 1); j < size; j++)
                H[i, j] = random[i * size + j];

            var expected = Matrix<double>.Build.DenseOfArray(H).Evd().EigenValues.ToList();
            foreach (var value in HessenbergEigenvalues.Of(H, 0, size)!)
            {
                var nearest = expected.MinBy(other => (other - value).Magnitude);
                Assert.InRange((nearest - value).Magnitude, 0, 1e-7);
                expected.Remove(nearest);
            }

            Assert.Empty(expected);
        }
    }

    [Fact]
    public void Complex_eigenvalues_come_in_exact_pairs()
    {
        double[,] rotation = { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0.5, 0.25 } };

        var values = HessenbergEigenvalues.Of(rotation, 0, 3)!;

        Assert.Equal([new(0.25, 0), new(0, 1), new(0, -1)], values, (Complex x, Complex y) => (x - y).Magnitude < 1e-14);
        Assert.Equal(Complex.Conjugate(values[1]), values[2]);
    }

    [Fact]
    public void A_part_on_the_diagonal_has_eigenvalues_of_its_own()
    {
        double[,] H = { { 1, 5, 5 }, { 0, 2, 3 }, { 0, 0, 4 } };

        Assert.Equal([2, 4], HessenbergEigenvalues.Of(H, 1, 2)!.Select(value => value.Real).Order());
        Assert.Empty(HessenbergEigenvalues.Of(H, 3, 0)!);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void What_does_not_converge_has_none(double size)
    {
        double[,] H = { { 1, size, size }, { size, 2, size }, { 0, size, -size } };

        Assert.Null(HessenbergEigenvalues.Of(H, 0, 3));
    }
}
