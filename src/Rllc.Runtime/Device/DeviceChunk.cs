namespace Rllc;

/// <summary>A <see cref="Chunk"/> as the kernels of a device read it; uploaded once.</summary>
internal struct DeviceChunk
{
    /// <summary>Its first element, in the tensor.</summary>
    public long Offset;

    /// <summary>Its first row of M.</summary>
    public long Row;

    /// <summary>Which tensor.</summary>
    public int Tensor;

    /// <summary>Number of elements.</summary>
    public int Count;
}
