using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>One number as a memory rule takes it, where an element is not one of four.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Float1 : INumbers<Float1>
{
    private readonly float _value;

    private Float1(float value) => _value = value;

    /// <inheritdoc/>
    public static Float1 Zero => new(0);

    /// <summary>A number as a rule takes it.</summary>
    public static implicit operator Float1(float value) => new(value);

    /// <summary>The number.</summary>
    public static implicit operator float(Float1 x) => x._value;

    /// <inheritdoc/>
    public static Float1 Create(float value) => new(value);

    /// <inheritdoc/>
    public static Float1 FusedMultiplyAdd(Float1 x, Float1 y, Float1 z) => new(x._value * y._value + z._value);

    /// <inheritdoc/>
    public static Float1 Sqrt(Float1 x) => new(MathF.Sqrt(x._value));

    /// <inheritdoc/>
    public static Float1 Abs(Float1 x) => new(MathF.Abs(x._value));

    /// <inheritdoc/>
    public static Float1 Sign(Float1 x) => new(SignOf(x._value));

    /// <inheritdoc/>
    public static Float1 Min(Float1 x, Float1 y) => new(Smaller(x._value, y._value));

    /// <inheritdoc/>
    public static Float1 Max(Float1 x, Float1 y) => new(Larger(x._value, y._value));

    /// <inheritdoc/>
    public static Float1 operator -(Float1 x) => new(-x._value);

    /// <inheritdoc/>
    public static Float1 operator +(Float1 x, Float1 y) => new(x._value + y._value);

    /// <inheritdoc/>
    public static Float1 operator -(Float1 x, Float1 y) => new(x._value - y._value);

    /// <inheritdoc/>
    public static Float1 operator *(Float1 x, Float1 y) => new(x._value * y._value);

    /// <inheritdoc/>
    public static Float1 operator /(Float1 x, Float1 y) => new(x._value / y._value);

    // Not those of MathF, which do otherwise with NaN.
    internal static float SignOf(float x) => x > 0 ? 1 : x < 0 ? -1 : 0;

    internal static float Smaller(float x, float y) => x < y ? x : y;

    internal static float Larger(float x, float y) => x > y ? x : y;
}
