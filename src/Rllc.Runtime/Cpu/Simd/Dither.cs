using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary>
/// Random bits that depend on nothing but where and when they are needed: position in a piece of M, piece and step. The same
/// for every number of threads and after a resume.
/// </summary>
internal static class Dither
{
    /// <summary>What the numbers of one piece of M start from in one step.</summary>
    public static int Seed(long step, int piece) =>
        (int)Hash(Hash((uint)step) ^ Hash((uint)(step >>> 32) + 0x9E3779B9) ^ (uint)piece);

    /// <summary>A permutation of the 32-bit numbers whose output bits all depend on all input bits (C. Wellons's lowbias32).</summary>
    public static uint Hash(uint x)
    {
        x ^= x >> 16;
        x *= 0x7FEB352D;
        x ^= x >> 15;
        x *= 0x846CA68B;
        return x ^ (x >> 16);
    }

    /// <inheritdoc cref="Hash(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Hash(Vector512<uint> x)
    {
        x ^= x >> 16;
        x *= Vector512.Create(0x7FEB352Du);
        x ^= x >> 15;
        x *= Vector512.Create(0x846CA68Bu);
        return x ^ (x >> 16);
    }

    /// <inheritdoc cref="Hash(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Hash(Vector256<uint> x)
    {
        x ^= x >> 16;
        x *= Vector256.Create(0x7FEB352Du);
        x ^= x >> 15;
        x *= Vector256.Create(0x846CA68Bu);
        return x ^ (x >> 16);
    }
}
