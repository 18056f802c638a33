using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary>8 numbers: the registers of AVX, or two of 128 bits.</summary>
internal readonly struct Lanes256(Vector256<float> numbers) : ILanes<Lanes256>
{
    private readonly Vector256<float> _numbers = numbers;

    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static Lanes256 Zero => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Create(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref float source, nint index) => new(Vector256.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref short source, nint index)
    {
        var bits = Vector128.LoadUnsafe(ref source, (nuint)index);
        // Each is one instruction where it is taken, and many where it is not.
        if (Vector256.IsHardwareAccelerated)
            return new((Vector256.WidenLower(bits.ToVector256Unsafe()) << 16).AsSingle());
        var (lower, upper) = Vector128.Widen(bits);
        return new((Vector256.Create(lower, upper) << 16).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FusedMultiplyAdd(Lanes256 x, Lanes256 y, Lanes256 z) =>
        new(Vector256.FusedMultiplyAdd(x._numbers, y._numbers, z._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 x) => new(Vector256.Sqrt(x._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Abs(Lanes256 x) => new(Vector256.Abs(x._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sign(Lanes256 x) =>
        new((Vector256.GreaterThan(x._numbers, Vector256<float>.Zero) & Vector256<float>.One) - (Vector256.LessThan(x._numbers, Vector256<float>.Zero) & Vector256<float>.One));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 x, Lanes256 y) => new(Vector256.ConditionalSelect(Vector256.LessThan(x._numbers, y._numbers), x._numbers, y._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 x, Lanes256 y) => new(Vector256.ConditionalSelect(Vector256.GreaterThan(x._numbers, y._numbers), x._numbers, y._numbers));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 x) => new(-x._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 x, Lanes256 y) => new(x._numbers + y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 x, Lanes256 y) => new(x._numbers - y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 x, Lanes256 y) => new(x._numbers * y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 x, Lanes256 y) => new(x._numbers / y._numbers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, nint index) => _numbers.StoreUnsafe(ref destination, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreNearest(ref short destination, nint index)
    {
        var bits = _numbers.AsUInt32();
        var odd = (bits >> 16) & Vector256<uint>.One;
        StoreUpperHalves(bits + Vector256.Create(0x7FFFu) + odd, ref destination, index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreDithered(ref short destination, nint index, int dither)
    {
        var place = Vector256<uint>.Indices + Vector256.Create((uint)index);
        StoreUpperHalves(_numbers.AsUInt32() + (Dither.Hash(place ^ Vector256.Create((uint)dither)) >> 16), ref destination, index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum()
    {
        var (lower, upper) = Vector256.Widen(_numbers);
        return Vector256.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreUpperHalves(Vector256<uint> rounded, ref short destination, nint index)
    {
        // What is added to round must not make a number of a NaN.
        var kept = Vector256.ConditionalSelect(Vector256.Equals(_numbers, _numbers).AsUInt32(), rounded, Vector256.Create(0x7FC00000u)) >> 16;
        Vector128.Narrow(kept.GetLower(), kept.GetUpper()).AsInt16().StoreUnsafe(ref destination, (nuint)index);
    }
}
