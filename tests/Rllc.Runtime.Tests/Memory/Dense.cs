using MathNet.Numerics.LinearAlgebra;

namespace Rllc.Tests;

/// <summary>Matrices of this library as those of another, for an independent opinion.</summary>
public static class Dense
{
    public static Matrix<double> Of(SquareMatrix matrix) =>
        Matrix<double>.Build.Dense(matrix.Size, matrix.Size, (row, column) => matrix[row, column]);

    public static Vector<double> Of(IReadOnlyList<double> vector) => Vector<double>.Build.Dense([.. vector]);
}
