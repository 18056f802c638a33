using System.Globalization;

namespace Rllc;

/// <summary>Numbers without the digits that are rounding.</summary>
internal static class ShortestDigits
{
    /// <summary>The number with fewest digits that is as near as asked; the number itself where none with up to 16 is.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="tolerance">How far away it may be.</param>
    public static double Within(double value, double tolerance)
    {
        if (Math.Abs(value) <= tolerance)
            return 0;
        for (var digits = 0; digits < 16; digits++)
        {
            // Through the text, since multiplying by powers of ten rounds, too.
            var text = value.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rounded) && Math.Abs(rounded - value) <= tolerance)
                return rounded;
        }

        return value;
    }
}
