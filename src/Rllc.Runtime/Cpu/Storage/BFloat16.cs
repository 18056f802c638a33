using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rllc;

/// <summary>bfloat16, the upper half of a float32, in vectors of <see cref="Lanes.Count"/>.</summary>
internal static class BFloat16
{
    /// <summary>The float32 numbers of as many stored ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref ushort source, nint index)
    {
        var bits = Vector256.LoadUnsafe(ref source, (nuint)index);
        // Each is one instruction where it is taken, and many where it is not.
        if (Vector512.IsHardwareAccelerated)
            return (Vector512.WidenLower(bits.ToVector512Unsafe()) << 16).AsSingle();
        var (lower, upper) = Vector256.Widen(bits);
        return (Vector512.Create(lower, upper) << 16).AsSingle();
    }

    /// <summary>Rounds to nearest, a tie to even, and stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNearest(Vector512<float> values, ref ushort destination, nint index)
    {
        var bits = values.AsUInt32();
        var odd = (bits >> 16) & Vector512<uint>.One;
        StoreUpperHalves(values, bits + Vector512.Create(0x7FFFu) + odd, ref destination, index);
    }

    /// <summary>Adds random numbers of 16 bits below the last bit that is kept, and stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDithered(Vector512<float> values, Vector512<uint> random, ref ushort destination, nint index) =>
        StoreUpperHalves(values, values.AsUInt32() + (random >> 16), ref destination, index);

    /// <summary>What <see cref="StoreNearest"/> makes of one number.</summary>
    public static float Nearest(float value)
    {
        if (float.IsNaN(value))
            return float.NaN;
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUpperHalves(Vector512<float> values, Vector512<uint> rounded, ref ushort destination, nint index)
    {
        // What is added to round must not make a number of a NaN.
        var kept = Vector512.ConditionalSelect(Vector512.Equals(values, values).AsUInt32(), rounded, Vector512.Create(0x7FC00000u)) >> 16;
        var narrowed = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256UInt16(kept)
            : Vector256.Narrow(kept.GetLower(), kept.GetUpper());
        narrowed.StoreUnsafe(ref destination, (nuint)index);
    }
}
