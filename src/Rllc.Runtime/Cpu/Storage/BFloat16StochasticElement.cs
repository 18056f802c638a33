using System.Runtime.CompilerServices;

namespace Rllc;

/// <summary><see cref="MemoryFormat.BFloat16Stochastic"/>.</summary>
internal struct BFloat16StochasticElement : IMemoryElement<BFloat16StochasticElement>
{
    private short _bits;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(ref BFloat16StochasticElement source, nint index) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(ref source._bits, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes>(TLanes values, ref BFloat16StochasticElement destination, nint index, int dither) where TLanes : struct, ILanes<TLanes> =>
        values.StoreDithered(ref destination._bits, index, dither);
}
