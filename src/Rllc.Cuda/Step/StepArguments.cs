using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// The only argument of every kernel of a step: the bytes that they take for StepViews, in which each view is an ArrayView.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StepArguments
{
    /// <summary>The law.</summary>
    public LawArguments Law;

    /// <summary>All chunks, tensor by tensor.</summary>
    public DeviceView<DeviceChunk> Chunks;

    /// <summary>Where the tensors are in this step.</summary>
    public DeviceView<DeviceTensor> Tensors;

    /// <summary>The device's memory from address 0, in which the tensors are.</summary>
    public DeviceView<float> Addresses;

    /// <summary>M: all rows of unit 0, then those of unit 1, …</summary>
    public DeviceView<byte> M;

    /// <summary>The sums of each group of threads.</summary>
    public DeviceView<double> Partials;

    /// <summary>Rows of M, a multiple of 16.</summary>
    public long Rows;

    /// <summary>How many chunks each group of threads works on, one after the other.</summary>
    public int ChunksPerGroup;
}
