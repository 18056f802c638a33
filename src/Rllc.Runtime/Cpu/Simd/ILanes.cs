using System.ComponentModel;

namespace Rllc;

/// <summary>
/// Float32 numbers that a kernel works on at once. Kernels are generic over it, so that each is written once and compiled for
/// the vectors that the processor has.
/// </summary>
/// <typeparam name="TSelf">The vector's own type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many numbers it holds: <see cref="Tile.Length"/>, or a part of it.</summary>
    static abstract int Count { get; }

    /// <summary>Zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>One number everywhere.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Create(float value);

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    /// <param name="source">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    static abstract TSelf Load(ref float source, nint index);

    /// <summary>Reads <see cref="Count"/> numbers in bfloat16.</summary>
    /// <param name="source">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    static abstract TSelf Load(ref short source, nint index);

    /// <summary>x·y + z, rounded once.</summary>
    /// <param name="x">A factor.</param>
    /// <param name="y">A factor.</param>
    /// <param name="z">A summand.</param>
    static abstract TSelf FusedMultiplyAdd(TSelf x, TSelf y, TSelf z);

    /// <summary>√x, number by number.</summary>
    /// <param name="x">Numbers that are at least 0.</param>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>−x.</summary>
    static abstract TSelf operator -(TSelf x);

    /// <summary>x + y.</summary>
    static abstract TSelf operator +(TSelf x, TSelf y);

    /// <summary>x − y.</summary>
    static abstract TSelf operator -(TSelf x, TSelf y);

    /// <summary>x·y, number by number.</summary>
    static abstract TSelf operator *(TSelf x, TSelf y);

    /// <summary>x/y, number by number.</summary>
    /// <param name="x">The dividends.</param>
    /// <param name="y">The divisors.</param>
    static abstract TSelf operator /(TSelf x, TSelf y);

    /// <summary>Writes the numbers.</summary>
    /// <param name="destination">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    void Store(ref float destination, nint index);

    /// <summary>Writes the numbers in bfloat16, each rounded to the nearest, a tie to even.</summary>
    /// <param name="destination">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    void StoreNearest(ref short destination, nint index);

    /// <summary>Writes the numbers in bfloat16, each rounded up or down at random, right on average.</summary>
    /// <param name="destination">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    /// <param name="dither">What the random bits depend on, besides the index.</param>
    void StoreDithered(ref short destination, nint index, int dither);

    /// <summary>The sum of all numbers, in float64.</summary>
    double Sum();
}
