namespace Explain.Report;

/// <summary>A curve as one line of text, a sign for each value.</summary>
internal static class SparkLine
{
    private const string Signs = "▁▂▃▄▅▆▇█";

    /// <summary>The curve between two ends; what is not finite is left blank.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="low">What the lowest sign stands for.</param>
    /// <param name="high">What the highest one stands for.</param>
    public static string Of(IEnumerable<double> values, double low, double high) => new([.. values.Select(value => Sign(value, low, high))]);

    private static char Sign(double value, double low, double high)
    {
        if (!double.IsFinite(value))
            return ' ';
        var share = high > low ? (value - low) / (high - low) : 0;
        return Signs[(int)Math.Clamp(Math.Round(share * (Signs.Length - 1)), 0, Signs.Length - 1)];
    }
}
