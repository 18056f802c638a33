using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>Four numbers that a thread of the device loads and stores at once, 16 bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Float4 : INumbers<Float4>
{
    internal float X;
    internal float Y;
    internal float Z;
    internal float W;

    internal Float4(float x, float y, float z, float w) => (X, Y, Z, W) = (x, y, z, w);

    /// <inheritdoc/>
    public static Float4 Zero => new(0, 0, 0, 0);

    /// <summary>−x.</summary>
    public static Float4 operator -(Float4 x) => new(-x.X, -x.Y, -x.Z, -x.W);

    /// <summary>x + y.</summary>
    public static Float4 operator +(Float4 x, Float4 y) => new(x.X + y.X, x.Y + y.Y, x.Z + y.Z, x.W + y.W);

    /// <summary>x − y.</summary>
    public static Float4 operator -(Float4 x, Float4 y) => new(x.X - y.X, x.Y - y.Y, x.Z - y.Z, x.W - y.W);

    /// <summary>x·y, each number with the same.</summary>
    public static Float4 operator *(Float4 x, float y) => new(x.X * y, x.Y * y, x.Z * y, x.W * y);

    /// <summary>x·y, number by number.</summary>
    public static Float4 operator *(Float4 x, Float4 y) => new(x.X * y.X, x.Y * y.Y, x.Z * y.Z, x.W * y.W);

    /// <summary>x/y, number by number.</summary>
    public static Float4 operator /(Float4 x, Float4 y) => new(x.X / y.X, x.Y / y.Y, x.Z / y.Z, x.W / y.W);

    /// <summary>x + y, the same to each number.</summary>
    public static Float4 operator +(Float4 x, float y) => new(x.X + y, x.Y + y, x.Z + y, x.W + y);

    /// <inheritdoc/>
    public static Float4 Create(float value) => new(value, value, value, value);

    /// <inheritdoc/>
    public static Float4 FusedMultiplyAdd(Float4 x, Float4 y, Float4 z) => x * y + z;

    /// <inheritdoc/>
    public static Float4 Abs(Float4 x) => new(MathF.Abs(x.X), MathF.Abs(x.Y), MathF.Abs(x.Z), MathF.Abs(x.W));

    /// <inheritdoc/>
    public static Float4 Sign(Float4 x) => new(Float1.SignOf(x.X), Float1.SignOf(x.Y), Float1.SignOf(x.Z), Float1.SignOf(x.W));

    /// <inheritdoc/>
    public static Float4 Min(Float4 x, Float4 y) =>
        new(Float1.Smaller(x.X, y.X), Float1.Smaller(x.Y, y.Y), Float1.Smaller(x.Z, y.Z), Float1.Smaller(x.W, y.W));

    /// <inheritdoc/>
    public static Float4 Max(Float4 x, Float4 y) =>
        new(Float1.Larger(x.X, y.X), Float1.Larger(x.Y, y.Y), Float1.Larger(x.Z, y.Z), Float1.Larger(x.W, y.W));

    /// <summary>√x, number by number.</summary>
    public static Float4 Sqrt(Float4 x) => new(MathF.Sqrt(x.X), MathF.Sqrt(x.Y), MathF.Sqrt(x.Z), MathF.Sqrt(x.W));

    /// <summary>√x: the same for what no vector takes.</summary>
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <summary>x·y, summed.</summary>
    public static float Dot(Float4 x, Float4 y) => x.X * y.X + x.Y * y.Y + (x.Z * y.Z + x.W * y.W);

    /// <summary>x·y: the same for what no vector takes.</summary>
    public static float Dot(float x, float y) => x * y;
}
