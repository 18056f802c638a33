using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>What the passes over the elements work on: the bytes that kernels take for ElementViews.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ElementArguments
{
    /// <summary>All chunks, tensor by tensor.</summary>
    public DeviceView<DeviceChunk> Chunks;

    /// <summary>Where the tensors are in this step.</summary>
    public DeviceView<DeviceTensor> Tensors;

    /// <summary>The device's memory from address 0, in which the tensors are.</summary>
    public DeviceView<float> Addresses;

    /// <summary>M: all rows of unit 0, then those of unit 1, …</summary>
    public DeviceView<byte> M;

    /// <summary>For each group of threads the numbers that it has summed.</summary>
    public DeviceView<double> Partials;

    /// <summary>Rows of M, a multiple of 16.</summary>
    public long Rows;

    /// <summary>How many chunks each group of threads works on, one after the other.</summary>
    public int ChunksPerGroup;
}
