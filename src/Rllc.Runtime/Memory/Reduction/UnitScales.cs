using System.Collections.Immutable;

namespace Rllc;

/// <summary>
/// Scales the units of a memory, by powers of two and so without rounding, until what each receives and what it passes on are about
/// as large (balancing, after Parlett and Reinsch). Errors relative to all of B are then small against each unit.
/// </summary>
internal static class UnitScales
{
    private const int MostSweeps = 100;

    /// <summary>The diagonal of D, for the memory (D⁻¹BD, Da).</summary>
    /// <param name="B">The propagation matrix.</param>
    /// <param name="a">The input vector.</param>
    public static ImmutableArray<double> Of(SquareMatrix B, ImmutableArray<double> a)
    {
        // Its size is of no account: all units are as many times larger.
        a = VectorMath.Scaled(a, 1 / VectorMath.Norm(a));
        var scales = Enumerable.Repeat(1.0, B.Size).ToArray();
        for (var (sweep, changed) = (0, true); changed && sweep < MostSweeps; sweep++)
        {
            changed = false;
            for (var unit = 0; unit < scales.Length; unit++)
            {
                var (received, passed) = (Math.Abs(a[unit]) * scales[unit], 0.0);
                for (var other = 0; other < scales.Length; other++)
                {
                    if (other == unit)
                        continue;
                    received += Math.Abs(B[other, unit]) * scales[unit] / scales[other];
                    passed += Math.Abs(B[unit, other]) * scales[other] / scales[unit];
                }

                // Where one of them is 0, nothing makes them equal.
                var factor = received == 0 || passed == 0 ? 1 : Math.Pow(2, Math.Round(Math.Log(passed / received, 2) / 2));
                if (received * factor + passed / factor < 0.95 * (received + passed))
                    (scales[unit], changed) = (scales[unit] * factor, true);
            }
        }

        return ImmutableArray.Create(scales);
    }

    /// <summary>The memory (D⁻¹BD, Da).</summary>
    public static (SquareMatrix B, ImmutableArray<double> a) Apply(ImmutableArray<double> scales, SquareMatrix B, ImmutableArray<double> a)
    {
        var scaled = new double[B.Size, B.Size];
        for (var row = 0; row < B.Size; row++)
        for (var column = 0; column < B.Size; column++)
            scaled[row, column] = B[row, column] * scales[column] / scales[row];
        return (new(scaled), a.Select((entry, unit) => entry * scales[unit]).ToImmutableArray());
    }
}
