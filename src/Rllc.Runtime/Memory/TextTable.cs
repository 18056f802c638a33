using System.Globalization;
using System.Text;

namespace Rllc;

/// <summary>Aligned columns of text, numbers in the invariant culture.</summary>
internal static class TextTable
{
    /// <summary>A number in at most seven digits.</summary>
    public static string Number(double value) => Format(value, "G7");

    /// <summary>A number in at most four digits.</summary>
    public static string Rounded(double value) => Format(value, "G4");

    /// <summary>The entries of a matrix, row by row.</summary>
    public static string Print(SquareMatrix matrix)
    {
        var rows = new string[matrix.Size][];
        for (var row = 0; row < matrix.Size; row++)
        {
            rows[row] = new string[matrix.Size];
            for (var column = 0; column < matrix.Size; column++)
                rows[row][column] = Number(matrix[row, column]);
        }

        return Print(rows);
    }

    /// <summary>Rows of equally many cells, each column as wide as its widest cell, rows parted by '\n'.</summary>
    public static string Print(IReadOnlyList<string[]> rows)
    {
        var text = new StringBuilder();
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(text.Length == 0 ? "" : "\n").Append(line.TrimEnd());
        }

        return text.ToString();
    }

    private static string Format(double value, string format) =>
        double.IsPositiveInfinity(value) ? "inf" : value.ToString(format, CultureInfo.InvariantCulture);
}
