using System.Runtime.CompilerServices;

namespace Rllc;

/// <summary><see cref="MemoryFormat.Float32"/>.</summary>
internal struct Float32Element : IMemoryElement<Float32Element>
{
    private float _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(ref Float32Element source, nint index) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(ref source._value, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes>(TLanes values, ref Float32Element destination, nint index, int dither) where TLanes : struct, ILanes<TLanes> =>
        values.Store(ref destination._value, index);
}
