using System.Runtime.CompilerServices;

namespace Rllc;

/// <summary><see cref="MemoryFormat.BFloat16"/>.</summary>
internal struct BFloat16Element : IMemoryElement<BFloat16Element>
{
    private short _bits;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(ref BFloat16Element source, nint index) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(ref source._bits, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes>(TLanes values, ref BFloat16Element destination, nint index, int dither) where TLanes : struct, ILanes<TLanes> =>
        values.StoreNearest(ref destination._bits, index);
}
