using System.ComponentModel;
using ILGPU;

namespace Rllc.Kernels;

/// <summary>
/// How a number of M is kept on a device. Kernels are generic over it, so that each is written once and compiled for every
/// <see cref="MemoryFormat"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceElement
{
    /// <summary>Reads one number.</summary>
    /// <param name="M">All of M.</param>
    /// <param name="index">Which one.</param>
    float Load(ArrayView<byte> M, long index);

    /// <summary>Reads four numbers.</summary>
    /// <param name="M">All of M.</param>
    /// <param name="index">The first one's index, divided by 4.</param>
    Float4 Load4(ArrayView<byte> M, long index);

    /// <summary>Writes one number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="M">All of M.</param>
    /// <param name="index">Which one.</param>
    /// <param name="dither">Random bits, for formats that round at random.</param>
    void Store(float value, ArrayView<byte> M, long index, uint dither);

    /// <summary>Writes four numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="M">All of M.</param>
    /// <param name="index">The first one's index, divided by 4.</param>
    /// <param name="dither">Random bits of the four, for formats that round at random.</param>
    void Store4(Float4 values, ArrayView<byte> M, long index, uint dither);
}
