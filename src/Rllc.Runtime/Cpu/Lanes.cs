using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary>
/// The width of kernels: 16 numbers at a time, whatever the processor has (it does them in one, two or four instructions). Fixed,
/// so that sums are the same bits on every processor; and where vectors are shorter, several independent sums hide each
/// other's latency.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>Numbers in a vector, and elements of a unit in a tile of M.</summary>
    public const int Count = 16;

    /// <summary>The sum of a vector, in float64.</summary>
    /// <param name="lanes">16 partial sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<float> lanes)
    {
        var (lower, upper) = Vector512.Widen(lanes);
        var eight = lower + upper;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }
}
