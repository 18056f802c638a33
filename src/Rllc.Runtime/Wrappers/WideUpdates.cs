using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary>Changes of float32 numbers that are computed in float64 and rounded once: the same bits on every processor.</summary>
internal static class WideUpdates
{
    /// <summary>θ ← θ + factor·x.</summary>
    /// <param name="θ">The parameters.</param>
    /// <param name="x">As many numbers.</param>
    /// <param name="factor">Any number.</param>
    public static void Add(Span<float> θ, ReadOnlySpan<float> x, double factor)
    {
        ref var firstθ = ref MemoryMarshal.GetReference(θ);
        ref var firstX = ref MemoryMarshal.GetReference(x);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i <= θ.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lowerθ, upperθ) = Vector512.Widen(Vector512.LoadUnsafe(ref firstθ, (nuint)i));
            var (lowerX, upperX) = Vector512.Widen(Vector512.LoadUnsafe(ref firstX, (nuint)i));
            Vector512.Narrow(lowerθ + factors * lowerX, upperθ + factors * upperX).StoreUnsafe(ref firstθ, (nuint)i);
        }
        for (; i < θ.Length; i++)
            θ[i] = (float)(θ[i] + factor * x[i]);
    }

    /// <summary>θ ← θ + factor·T²g with T = diag(|θ| + η).</summary>
    /// <param name="θ">The parameters.</param>
    /// <param name="g">As many numbers.</param>
    /// <param name="η">At least 0.</param>
    /// <param name="factor">Any number.</param>
    public static void AddScaled(Span<float> θ, ReadOnlySpan<float> g, double η, double factor)
    {
        ref var firstθ = ref MemoryMarshal.GetReference(θ);
        ref var firstG = ref MemoryMarshal.GetReference(g);
        var (factors, offset) = (Vector512.Create(factor), Vector512.Create(η));
        var i = 0;
        for (; i <= θ.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lowerθ, upperθ) = Vector512.Widen(Vector512.LoadUnsafe(ref firstθ, (nuint)i));
            var (lowerG, upperG) = Vector512.Widen(Vector512.LoadUnsafe(ref firstG, (nuint)i));
            var (lowerT, upperT) = (Vector512.Abs(lowerθ) + offset, Vector512.Abs(upperθ) + offset);
            Vector512.Narrow(lowerθ + factors * (lowerT * lowerT * lowerG), upperθ + factors * (upperT * upperT * upperG)).StoreUnsafe(ref firstθ, (nuint)i);
        }
        for (; i < θ.Length; i++)
        {
            var t = Math.Abs((double)θ[i]) + η;
            θ[i] = (float)(θ[i] + factor * (t * t * g[i]));
        }
    }

    /// <summary>x ← x − y.</summary>
    /// <param name="x">Any numbers.</param>
    /// <param name="y">As many.</param>
    public static void Subtract(Span<float> x, ReadOnlySpan<float> y)
    {
        ref var firstX = ref MemoryMarshal.GetReference(x);
        ref var firstY = ref MemoryMarshal.GetReference(y);
        var i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            (Vector512.LoadUnsafe(ref firstX, (nuint)i) - Vector512.LoadUnsafe(ref firstY, (nuint)i)).StoreUnsafe(ref firstX, (nuint)i);
        for (; i < x.Length; i++)
            x[i] -= y[i];
    }
}
