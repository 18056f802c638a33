namespace Landscapes.Report;

/// <summary>Lines of equal value of a function on a grid, by marching squares.</summary>
internal static class Contours
{
    /// <summary>The pieces of one line, in units of the grid.</summary>
    /// <param name="values">The function's values, row by row.</param>
    /// <param name="level">The value of the line.</param>
    public static IEnumerable<((double X, double Y) From, (double X, double Y) To)> At(double[,] values, double level)
    {
        for (var row = 0; row + 1 < values.GetLength(0); row++)
            for (var column = 0; column + 1 < values.GetLength(1); column++)
            {
                var crossings = Crossings(values, row, column, level).ToList();
                for (var i = 0; i + 1 < crossings.Count; i += 2)
                    yield return (crossings[i], crossings[i + 1]);
            }
    }

    // The sides of a cell are walked around, so that at a saddle each piece cuts off one corner.
    private static IEnumerable<(double X, double Y)> Crossings(double[,] values, int row, int column, double level)
    {
        (int Row, int Column)[] corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
        for (var i = 0; i < 4; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % 4]);
            var (a, b) = (values[from.Row, from.Column], values[to.Row, to.Column]);
            if (a < level == b < level)
                continue;
            var share = (level - a) / (b - a);
            yield return (from.Column + share * (to.Column - from.Column), from.Row + share * (to.Row - from.Row));
        }
    }
}
