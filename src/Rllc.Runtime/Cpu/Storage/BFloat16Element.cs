using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary><see cref="MemoryFormat.BFloat16"/>.</summary>
internal struct BFloat16Element : IMemoryElement<BFloat16Element>
{
    private ushort _bits;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref BFloat16Element source, nint index) =>
        BFloat16.Load(ref source._bits, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref BFloat16Element destination, nint index, int dither) =>
        BFloat16.StoreNearest(values, ref destination._bits, index);
}
