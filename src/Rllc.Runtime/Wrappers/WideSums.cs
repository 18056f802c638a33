using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary>
/// Sums over float32 numbers whose every product and sum is float64: finite wherever all numbers are, above 0 wherever a square is, and
/// the same bits on every processor.
/// </summary>
internal static class WideSums
{
    /// <summary>x·y.</summary>
    /// <param name="x">Any numbers.</param>
    /// <param name="y">As many.</param>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ref var firstX = ref MemoryMarshal.GetReference(x);
        ref var firstY = ref MemoryMarshal.GetReference(y);
        Vector512<double> lower = default, upper = default;
        var i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lowerX, upperX) = Vector512.Widen(Vector512.LoadUnsafe(ref firstX, (nuint)i));
            var (lowerY, upperY) = Vector512.Widen(Vector512.LoadUnsafe(ref firstY, (nuint)i));
            lower += lowerX * lowerY;
            upper += upperX * upperY;
        }
        var sum = Sum(lower + upper);
        for (; i < x.Length; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }

    /// <summary>‖Tg‖₂² with T = diag(|θ| + η).</summary>
    /// <param name="θ">The parameters.</param>
    /// <param name="g">As many numbers.</param>
    /// <param name="η">At least 0.</param>
    public static double ScaledSquares(ReadOnlySpan<float> θ, ReadOnlySpan<float> g, double η)
    {
        ref var firstθ = ref MemoryMarshal.GetReference(θ);
        ref var firstG = ref MemoryMarshal.GetReference(g);
        var offset = Vector512.Create(η);
        Vector512<double> lower = default, upper = default;
        var i = 0;
        for (; i <= θ.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lowerθ, upperθ) = Vector512.Widen(Vector512.LoadUnsafe(ref firstθ, (nuint)i));
            var (lowerG, upperG) = Vector512.Widen(Vector512.LoadUnsafe(ref firstG, (nuint)i));
            var (lowerTerm, upperTerm) = ((Vector512.Abs(lowerθ) + offset) * lowerG, (Vector512.Abs(upperθ) + offset) * upperG);
            lower += lowerTerm * lowerTerm;
            upper += upperTerm * upperTerm;
        }
        var sum = Sum(lower + upper);
        for (; i < θ.Length; i++)
        {
            var term = (Math.Abs((double)θ[i]) + η) * g[i];
            sum += term * term;
        }
        return sum;
    }

    private static double Sum(Vector512<double> sums) => Vector256.Sum(sums.GetLower() + sums.GetUpper());
}
