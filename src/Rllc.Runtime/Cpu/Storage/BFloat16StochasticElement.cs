using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary><see cref="MemoryFormat.BFloat16Stochastic"/>.</summary>
internal struct BFloat16StochasticElement : IMemoryElement<BFloat16StochasticElement>
{
    private ushort _bits;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref BFloat16StochasticElement source, nint index) =>
        BFloat16.Load(ref source._bits, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref BFloat16StochasticElement destination, nint index, int dither)
    {
        var counter = Vector512.Create(Vector256<uint>.Indices, Vector256<uint>.Indices + Vector256.Create(8u)) + Vector512.Create((uint)index);
        BFloat16.StoreDithered(values, Dither.Hash(counter ^ Vector512.Create((uint)dither)), ref destination._bits, index);
    }
}
