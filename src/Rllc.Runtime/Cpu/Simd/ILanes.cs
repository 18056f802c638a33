using System.ComponentModel;

namespace Rllc;

/// <summary>
/// Float32 numbers that a kernel works on at once. Kernels are generic over it, so that each is written once and compiled for
/// the vectors that the processor has.
/// </summary>
/// <typeparam name="TSelf">The vector's own type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TSelf> : INumbers<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many numbers it holds: <see cref="Tile.Length"/>, or a part of it.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    /// <param name="source">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    static abstract TSelf Load(ref float source, nint index);

    /// <summary>Reads <see cref="Count"/> numbers in bfloat16.</summary>
    /// <param name="source">The first number of an array.</param>
    /// <param name="index">How many numbers further to begin.</param>
    static abstract TSelf Load(ref short source, nint index);

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
