using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rllc;

/// <summary>16 numbers: the registers of AVX-512, or two of 256 bits.</summary>
internal readonly struct Lanes512(Vector512<float> numbers) : ILanes<Lanes512>
{
    private readonly Vector512<float> _numbers = numbers;

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static Lanes512 Zero => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref float source, nint index) => new(Vector512.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref short source, nint index)
    {
        var bits = Vector256.LoadUnsafe(ref source, (nuint)index);
        // Each is one instruction where it is taken, and many where it is not.
        if (Vector512.IsHardwareAccelerated)
            return new((Vector512.WidenLower(bits.ToVector512Unsafe()) << 16).AsSingle());
        var (lower, upper) = Vector256.Widen(bits);
        return new((Vector512.Create(lower, upper) << 16).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FusedMultiplyAdd(Lanes512 x, Lanes512 y, Lanes512 z) =>
        new(Vector512.FusedMultiplyAdd(x._numbers, y._numbers, z._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 x) => new(Vector512.Sqrt(x._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 x) => new(Vector512.Abs(x._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sign(Lanes512 x) =>
        new((Vector512.GreaterThan(x._numbers, Vector512<float>.Zero) & Vector512<float>.One) - (Vector512.LessThan(x._numbers, Vector512<float>.Zero) & Vector512<float>.One));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 x, Lanes512 y) => new(Vector512.ConditionalSelect(Vector512.LessThan(x._numbers, y._numbers), x._numbers, y._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 x, Lanes512 y) => new(Vector512.ConditionalSelect(Vector512.GreaterThan(x._numbers, y._numbers), x._numbers, y._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 x) => new(-x._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 x, Lanes512 y) => new(x._numbers + y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 x, Lanes512 y) => new(x._numbers - y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 x, Lanes512 y) => new(x._numbers * y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 x, Lanes512 y) => new(x._numbers / y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, nint index) => _numbers.StoreUnsafe(ref destination, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreNearest(ref short destination, nint index)
    {
        var bits = _numbers.AsUInt32();
        var odd = (bits >> 16) & Vector512<uint>.One;
        StoreUpperHalves(bits + Vector512.Create(0x7FFFu) + odd, ref destination, index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreDithered(ref short destination, nint index, int dither)
    {
        var place = Vector512.Create(Vector256<uint>.Indices, Vector256<uint>.Indices + Vector256.Create(8u)) + Vector512.Create((uint)index);
        StoreUpperHalves(_numbers.AsUInt32() + (Dither.Hash(place ^ Vector512.Create((uint)dither)) >> 16), ref destination, index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum()
    {
        var (lower, upper) = Vector512.Widen(_numbers);
        var eight = lower + upper;
        return Vector256.Sum(eight.GetLower() + eight.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreUpperHalves(Vector512<uint> rounded, ref short destination, nint index)
    {
        // What is added to round must not make a number of a NaN.
        var kept = Vector512.ConditionalSelect(Vector512.Equals(_numbers, _numbers).AsUInt32(), rounded, Vector512.Create(0x7FC00000u)) >> 16;
        var narrowed = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256UInt16(kept)
            : Vector256.Narrow(kept.GetLower(), kept.GetUpper());
        narrowed.AsInt16().StoreUnsafe(ref destination, (nuint)index);
    }
}
