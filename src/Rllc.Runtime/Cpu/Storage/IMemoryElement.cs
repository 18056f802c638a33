using System.ComponentModel;

namespace Rllc;

/// <summary>
/// One number of M as it is stored. Kernels are generic over it, so that each is written once and compiled for every
/// <see cref="MemoryFormat"/>.
/// </summary>
/// <typeparam name="TSelf">The number's own type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMemoryElement<TSelf> where TSelf : unmanaged, IMemoryElement<TSelf>
{
    /// <summary>Reads a vector of numbers.</summary>
    /// <typeparam name="TLanes">The vector.</typeparam>
    /// <param name="source">The first number of a piece of M.</param>
    /// <param name="index">How many numbers further to begin.</param>
    static abstract TLanes Load<TLanes>(ref TSelf source, nint index) where TLanes : struct, ILanes<TLanes>;

    /// <summary>Writes a vector of numbers, rounded to what the format holds.</summary>
    /// <typeparam name="TLanes">The vector.</typeparam>
    /// <param name="values">The numbers.</param>
    /// <param name="destination">The first number of a piece of M.</param>
    /// <param name="index">How many numbers further to begin.</param>
    /// <param name="dither">The step's <see cref="StepCoefficients.Dither"/>, for formats that round at random.</param>
    static abstract void Store<TLanes>(TLanes values, ref TSelf destination, nint index, int dither) where TLanes : struct, ILanes<TLanes>;
}
