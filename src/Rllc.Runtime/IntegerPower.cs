namespace Rllc;

/// <summary>Powers with whole exponents, for the numbers of a step that depend on t: on devices there is no Math.Pow.</summary>
/// <example><code>
/// correction = (float)(1 / (1 - IntegerPower.Of(0.999, t)));
/// </code></example>
public static class IntegerPower
{
    /// <summary>βᵗ by repeated squaring, in float64.</summary>
    /// <param name="β">The base.</param>
    /// <param name="t">The exponent; below 1 the power is 1.</param>
    public static double Of(double β, long t)
    {
        var power = 1.0;
        for (var square = β; t > 0; t >>= 1)
        {
            if ((t & 1) != 0)
                power *= square;
            square *= square;
        }

        return power;
    }
}
