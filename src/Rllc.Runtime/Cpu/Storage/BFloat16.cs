namespace Rllc;

/// <summary>bfloat16, the upper half of a float32, for loops that go number by number.</summary>
internal static class BFloat16
{
    /// <summary>Numbers by their bits, as float32.</summary>
    public static void Widen(ReadOnlySpan<ushort> bits, Span<float> destination)
    {
        for (var i = 0; i < bits.Length; i++)
            destination[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
    }

    /// <summary>What <see cref="ILanes{TSelf}.StoreNearest"/> makes of a number.</summary>
    public static float Nearest(float value)
    {
        if (float.IsNaN(value))
            return float.NaN;
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
