using System.Numerics;

namespace Shared.Data;

/// <summary>
/// The ways each digit is written: strokes through points of the unit square (x to the right, y downwards), smooth
/// except at points where a stroke ends and the next begins.
/// </summary>
internal static class DigitGlyphs
{
    /// <summary>By digit: its variants; a variant is a list of strokes, a stroke a list of points.</summary>
    public static Vector2[][][][] Variants { get; } =
    [
        [Strokes("50,00 16,18 08,50 16,82 50,100 84,82 92,50 84,18 50,00"),
         Strokes("60,02 30,12 14,48 24,86 54,98 82,80 86,42 74,12 44,04")],
        [Strokes("52,00 50,50 50,100"),
         Strokes("28,22 42,12 56,00 / 56,00 55,50 55,100"),
         Strokes("26,24 42,12 54,00 / 54,00 54,50 54,98 / 24,100 54,99 84,100")],
        [Strokes("12,24 26,04 58,00 84,14 82,38 50,68 10,98 / 10,98 50,98 92,96"),
         Strokes("14,20 44,00 78,14 72,46 38,84 16,94 10,80 28,76 58,92 92,94")],
        [Strokes("14,10 46,00 78,12 74,36 44,48 / 44,48 80,56 88,78 62,98 30,98 08,86"),
         Strokes("14,02 50,02 84,02 / 84,02 62,22 42,40 / 42,40 78,50 86,76 60,98 28,96 10,84")],
        [Strokes("64,00 38,32 08,66 / 08,66 50,66 94,66 / 68,30 68,64 66,100"),
         Strokes("20,02 16,26 14,50 / 14,50 46,54 82,48 / 82,02 78,50 76,100")],
        [Strokes("84,02 52,02 22,02 / 22,02 18,22 16,44 / 16,44 48,36 80,50 86,72 66,96 34,100 10,88"),
         Strokes("24,04 22,24 18,44 / 18,44 54,38 84,58 76,88 42,100 12,90 / 24,04 54,04 86,00")],
        [Strokes("72,02 38,20 14,56 20,90 52,100 82,84 80,58 50,48 18,64"),
         Strokes("56,00 30,34 16,70 34,98 68,96 82,72 62,54 34,60 18,76")],
        [Strokes("08,04 48,04 90,02 / 90,02 66,40 40,100"),
         Strokes("08,06 48,04 90,02 / 90,02 64,44 44,100 / 34,50 58,50 82,48")],
        [Strokes("50,48 22,34 22,10 50,00 78,10 78,34 50,48 16,66 16,90 50,100 84,90 84,66 50,48"),
         Strokes("80,12 48,00 20,16 36,40 70,58 80,84 50,100 20,86 28,60 64,38 80,12")],
        [Strokes("82,30 60,48 26,44 14,24 32,04 64,02 82,28 / 82,28 80,64 70,100"),
         Strokes("80,22 56,00 24,10 18,36 44,50 72,38 80,22 / 80,22 82,62 62,94 28,98")],
    ];

    private static Vector2[][] Strokes(string text) =>
        [.. text.Split(" / ").Select(stroke => stroke.Split(' ').Select(Point).ToArray())];

    private static Vector2 Point(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return new Vector2(int.Parse(text.AsSpan(0, comma)), int.Parse(text.AsSpan(comma + 1))) / 100;
    }
}
