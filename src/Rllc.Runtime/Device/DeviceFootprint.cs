using System.Globalization;
using System.Runtime.CompilerServices;

namespace Rllc;

/// <summary>What an optimizer takes up on a device, and what a step costs there.</summary>
public sealed record DeviceFootprint
{
    internal DeviceFootprint()
    {
    }

    /// <summary>n, the number of parameters of all tensors.</summary>
    public long ParameterCount { get; internal init; }

    /// <summary>The number of tensors.</summary>
    public int TensorCount { get; internal init; }

    /// <summary>
    /// Bytes that a step reads and writes for each parameter. Of s numbers that are kept these are 2s + 3 numbers in one pass: M, g and θ,
    /// M and θ; and s + 1 more where a pass over M and g comes before.
    /// </summary>
    public int BytesMovedPerParameter { get; internal init; }

    /// <summary>Bytes of M, with the padding of each tensor to a multiple of 16 elements.</summary>
    public long MemoryBytes { get; internal init; }

    /// <summary>Bytes of the tables that say where chunks and tensors are.</summary>
    public long TableBytes { get; internal init; }

    /// <summary>Bytes of the law, its matrices and its settings.</summary>
    public long LawBytes { get; internal init; }

    /// <summary>Bytes of the sums of each group of threads, before they are added up.</summary>
    public long PartialBytes { get; internal init; }

    /// <summary>
    /// Kernels that a step launches, beside what uploads learning rates, loss scale, the addresses of tensors and the like where they
    /// have changed.
    /// </summary>
    public int LaunchesPerStep { get; internal init; }

    /// <summary>
    /// How many tensors of the last step were taken element by element instead of four at a time, because their parameters or their
    /// gradient do not begin at a multiple of 16 bytes.
    /// </summary>
    public int ScalarTensorCount { get; internal init; }

    /// <summary>Bytes of device memory in all; parameters and gradients are the user's.</summary>
    public long TotalBytes => MemoryBytes + TableBytes + LawBytes + PartialBytes;

    /// <summary>Bytes that a step reads and writes for all parameters, where all have a gradient.</summary>
    public long BytesMovedPerStep => ParameterCount * BytesMovedPerParameter;

    /// <summary>The numbers as a table, rows parted by '\n'.</summary>
    public override string ToString() => TextTable.Print(
    [
        ["bytes on the device", Number(TotalBytes)],
        ["  memory", Number(MemoryBytes)],
        ["  tables", Number(TableBytes)],
        ["  law", Number(LawBytes)],
        ["  partial sums", Number(PartialBytes)],
        ["bytes moved in a step", Number(BytesMovedPerStep)],
        ["  per parameter", Number(BytesMovedPerParameter)],
        ["launches in a step", Number(LaunchesPerStep)],
        ["tensors", Number(TensorCount)],
        ["  not aligned to 16 bytes", Number(ScalarTensorCount)],
    ]);

    /// <summary>The footprint of an optimizer.</summary>
    /// <param name="layout">Its memory and tensors.</param>
    /// <param name="kind">Its launches.</param>
    /// <param name="tensors">Where the tensors were in the last step.</param>
    internal static DeviceFootprint Of(DeviceLayout layout, StepKind kind, ReadOnlySpan<DeviceTensor> tensors)
    {
        var scalars = 0;
        foreach (var tensor in tensors)
            scalars += tensor.IsScalar ? 1 : 0;
        var k = layout.Memory.UnitCount;
        var launches = 0;
        foreach (var launch in StepSequence.Of(kind))
            launches += launch.IsPass && layout.GroupCount == 0 ? 0 : 1;
        return new()
        {
            ParameterCount = layout.Length,
            TensorCount = layout.Lengths.Length,
            BytesMovedPerParameter = (kind == StepKind.Exact ? 3 : 2) * layout.UnitCount * layout.ElementBytes + (kind == StepKind.Exact ? 4 : 3) * sizeof(float),
            MemoryBytes = layout.MemoryBytes,
            TableBytes = layout.Chunks.Length * (long)Unsafe.SizeOf<DeviceChunk>() + layout.Lengths.Length * (long)Unsafe.SizeOf<DeviceTensor>(),
            // Of a linear memory B, S, S⁻¹ and a; G; L and the pending correction; −c₁L.
            LawBytes = (3 * layout.B.Length + layout.a.Length + k * k + 2 * k) * sizeof(double) + k * sizeof(float)
                + Unsafe.SizeOf<LawSettings>() + Unsafe.SizeOf<LawCounters>() + Unsafe.SizeOf<StepFactors>(),
            PartialBytes = layout.PartialCount * sizeof(double),
            LaunchesPerStep = launches,
            ScalarTensorCount = scalars,
        };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
