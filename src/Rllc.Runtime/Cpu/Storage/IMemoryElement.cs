using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace Rllc;

/// <summary>
/// One number of M as it is stored, for kernels: M lies in tiles of <see cref="Lanes.Count"/> elements, in a tile unit by unit.
/// Kernels are generic over it, so that each is written once and compiled for every <see cref="MemoryFormat"/>.
/// </summary>
/// <typeparam name="TSelf">The number's own type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMemoryElement<TSelf> where TSelf : unmanaged, IMemoryElement<TSelf>
{
    /// <summary>Reads <see cref="Lanes.Count"/> numbers.</summary>
    /// <param name="source">The first number of a piece of M.</param>
    /// <param name="index">How many numbers further to begin.</param>
    static abstract Vector512<float> Load(ref TSelf source, nint index);

    /// <summary>Writes <see cref="Lanes.Count"/> numbers, rounded to what the format holds.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="destination">The first number of a piece of M.</param>
    /// <param name="index">How many numbers further to begin.</param>
    /// <param name="dither">The step's <see cref="StepCoefficients.Dither"/>, for formats that round at random.</param>
    static abstract void Store(Vector512<float> values, ref TSelf destination, nint index, int dither);
}
