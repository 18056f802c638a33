using ILGPU;

namespace Rllc.Kernels;

/// <summary>bfloat16, the upper half of a float32, two in 4 bytes: no device computes with it here, so it is bits.</summary>
internal struct BFloat16Bits
{
    /// <summary>Four numbers, the first in the lower half of A.</summary>
    public uint A;

    /// <summary>The third and the fourth.</summary>
    public uint B;

    /// <summary>The numbers. What is passed by value is loaded at once; a method of the element itself would load field by field.</summary>
    /// <param name="bits">The four.</param>
    public static Float4 Unpack(BFloat16Bits bits) => new(
        Interop.IntAsFloat(bits.A << 16),
        Interop.IntAsFloat(bits.A & 0xFFFF0000),
        Interop.IntAsFloat(bits.B << 16),
        Interop.IntAsFloat(bits.B & 0xFFFF0000));

    /// <summary>Four numbers whose upper halves have been rounded.</summary>
    public static BFloat16Bits Pack(uint x, uint y, uint z, uint w) => new() { A = (x >> 16) | (y & 0xFFFF0000), B = (z >> 16) | (w & 0xFFFF0000) };

    /// <summary>The bits of a number, its upper half rounded to the nearest, a tie to even.</summary>
    public static uint Nearest(float value)
    {
        var bits = Interop.FloatAsInt(value);
        return Keep(bits, bits + 0x7FFF + ((bits >> 16) & 1));
    }

    /// <summary>The bits of a number, its upper half rounded at random so that the mean is right.</summary>
    /// <param name="value">The number.</param>
    /// <param name="dither">What the random bits come from.</param>
    public static uint Dithered(float value, uint dither)
    {
        var bits = Interop.FloatAsInt(value);
        return Keep(bits, bits + (Dither.Hash(dither) >> 16));
    }

    // What is added to round must not make a number of a NaN. Told from its bits: a compiler takes x == x for granted.
    private static uint Keep(uint bits, uint rounded) => (bits & 0x7FFFFFFF) > 0x7F800000 ? 0x7FC00000 : rounded;
}
