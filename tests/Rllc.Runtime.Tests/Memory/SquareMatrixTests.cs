namespace Rllc.Tests;

public class SquareMatrixTests
{
    private static readonly SquareMatrix A = RandomData.Basis(5, seed: 5), B = RandomData.Basis(5, seed: 6);

    [Fact]
    public void Arithmetic_agrees_with_another_library()
    {
        var (a, b) = (Dense.Of(A), Dense.Of(B));
        AssertClose(a * b, A * B);
        AssertClose(a + b, A + B);
        AssertClose(a - b, A - B);
        AssertClose(2 * a, 2 * A);
        AssertClose(a.Transpose(), A.Transpose());
        AssertClose(a.Inverse(), A.Inverse());
        AssertClose(a.Power(5), A.Power(5));
        Assert.Equal(a.Trace(), A.Trace(), 1e-14);
        Assert.Equal(Dense.Of(SquareMatrix.Identity(5)), Dense.Of(A.Power(0)));
    }

    [Fact]
    public void Entries_go_in_and_out_row_by_row()
    {
        var matrix = SquareMatrix.FromRowMajor(2, [1, 2, 3, 4]);
        Assert.Equal(2, matrix[0, 1]);
        Assert.Equal([1.0, 2, 3, 4], matrix.ToRowMajor());
        Assert.Equal("1.5  -2\n0    1E-09", new SquareMatrix(new[,] { { 1.5, -2 }, { 0, 1e-9 } }).ToString());
    }

    [Fact]
    public void Nobody_can_change_a_matrix_from_outside()
    {
        double[] entries = [1, 2, 3, 4];
        var matrix = SquareMatrix.FromRowMajor(2, entries);
        entries[0] = 9;
        matrix.ToRowMajor()[1] = 9;
        Assert.Equal([1.0, 2, 3, 4], matrix.ToRowMajor());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var small = SquareMatrix.Identity(2);
        Assert.Throws<ArgumentException>(() => new SquareMatrix(new double[2, 3]));
        Assert.Throws<ArgumentException>(() => new SquareMatrix(new double[0, 0]));
        Assert.Throws<ArgumentException>(() => SquareMatrix.FromRowMajor(2, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => small * A);
        Assert.Throws<ArgumentException>(() => small + A);
        Assert.Throws<ArgumentException>(() => new LinearMemory(A, [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => small[0, 2]);
        Assert.Throws<InvalidOperationException>(() => new SquareMatrix(new[,] { { 1.0, 2 }, { 2, 4 } }).Inverse());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_memory_has_finite_entries(double entry)
    {
        Assert.Throws<ArgumentException>(() => new LinearMemory(SquareMatrix.FromRowMajor(1, [entry]), [1]));
        Assert.Throws<ArgumentException>(() => new LinearMemory(SquareMatrix.Identity(1), [entry]));
    }

    private static void AssertClose(MathNet.Numerics.LinearAlgebra.Matrix<double> expected, SquareMatrix actual) =>
        Assert.True((expected - Dense.Of(actual)).L2Norm() <= 1e-12 * expected.L2Norm());
}
