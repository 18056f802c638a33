using System.ComponentModel;

namespace Rllc;

/// <summary>Takes laws from one set of memory units to another; for emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LawConversion
{
    /// <summary>A matrix times a law.</summary>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="rows">How many rows it has, at least 1.</param>
    /// <param name="law">The law, one coefficient for each column.</param>
    /// <exception cref="ArgumentException">The law has another length.</exception>
    public static double[] Convert(ReadOnlySpan<double> matrix, int rows, ReadOnlySpan<double> law)
    {
        var columns = matrix.Length / rows;
        if (law.Length != columns)
            throw new ArgumentException($"The law needs one coefficient per memory unit, {columns}, but has {law.Length}.", nameof(law));

        var converted = new double[rows];
        for (var row = 0; row < rows; row++)
        for (var column = 0; column < columns; column++)
            converted[row] += matrix[row * columns + column] * law[column];
        return converted;
    }
}
