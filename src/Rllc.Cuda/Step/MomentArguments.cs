using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// The only argument of every kernel of a step by moments: the bytes that they take for MomentViews, in which each view is an ArrayView.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MomentArguments
{
    /// <summary>Formula and options, one element.</summary>
    public DeviceView<MomentSettings> Settings;

    /// <summary>The counters, one element.</summary>
    public DeviceView<MomentCounters> Counters;

    /// <summary>Result: what the step found for all tensors, one element.</summary>
    public DeviceView<StepFactors> Outcome;

    /// <summary>For each tensor, the steps in which it had a gradient.</summary>
    public DeviceView<long> Steps;

    /// <summary>For each tensor, the priorities of the entries in its buffer.</summary>
    public DeviceView<double> Keys;

    /// <summary>Result: for each tensor that has a gradient, what the step found for it.</summary>
    public DeviceView<MomentFactors> Factors;

    /// <summary>All chunks, tensor by tensor.</summary>
    public DeviceView<DeviceChunk> Chunks;

    /// <summary>Where the tensors are in this step.</summary>
    public DeviceView<DeviceTensor> Tensors;

    /// <summary>The device's memory from address 0, in which the tensors are.</summary>
    public DeviceView<float> Addresses;

    /// <summary>M: all rows of unit 0, then those of unit 1, …</summary>
    public DeviceView<byte> M;

    /// <summary>For each group γ = g·g of the raw gradient.</summary>
    public DeviceView<double> Partials;

    /// <summary>For each tensor ‖g‖ of the raw gradient, where a group's sum of them is a priority; otherwise nothing.</summary>
    public DeviceView<double> Norms;

    /// <summary>Rows of M, a multiple of 16.</summary>
    public long Rows;

    /// <summary>How many chunks each group of threads works on, one after the other.</summary>
    public int ChunksPerGroup;
}
