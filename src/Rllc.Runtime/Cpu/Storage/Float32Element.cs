using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary><see cref="MemoryFormat.Float32"/>.</summary>
internal struct Float32Element : IMemoryElement<Float32Element>
{
    private float _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref Float32Element source, nint index) =>
        Vector512.LoadUnsafe(ref source._value, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref Float32Element destination, nint index, int dither) =>
        values.StoreUnsafe(ref destination._value, (nuint)index);
}
