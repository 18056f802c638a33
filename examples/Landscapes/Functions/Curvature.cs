namespace Landscapes.Functions;

/// <summary>How sharply a function bends at a point.</summary>
internal static class Curvature
{
    private const double Difference = 1e-4;

    /// <summary>The largest eigenvalue of the Hessian, from differences of the gradient.</summary>
    /// <param name="landscape">A function of one or two variables.</param>
    /// <param name="point">The point.</param>
    public static double Sharpness(Landscape landscape, ReadOnlySpan<double> point)
    {
        var n = point.Length;
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
            rows[i] = Row(landscape, point, i);
        if (n == 1)
            return rows[0][0];
        var (mean, half, mixed) = (0.5 * (rows[0][0] + rows[1][1]), 0.5 * (rows[0][0] - rows[1][1]), 0.5 * (rows[0][1] + rows[1][0]));
        return mean + Math.Sqrt(half * half + mixed * mixed);
    }

    private static double[] Row(Landscape landscape, ReadOnlySpan<double> point, int variable)
    {
        var (before, after, shifted) = (new double[point.Length], new double[point.Length], point.ToArray());
        shifted[variable] = point[variable] - Difference;
        landscape.Gradient(shifted, before);
        shifted[variable] = point[variable] + Difference;
        landscape.Gradient(shifted, after);
        return [.. after.Zip(before, (high, low) => (high - low) / (2 * Difference))];
    }
}
