using System.Globalization;
using System.Runtime.CompilerServices;

namespace Rllc;

/// <summary>What an optimizer takes up on a device, and what a step costs there.</summary>
/// <param name="ParameterCount">n, the number of parameters of all tensors.</param>
/// <param name="TensorCount">The number of tensors.</param>
/// <param name="Cost">What the memory costs per parameter, in the format that it is kept in.</param>
/// <param name="Timing">When a correction of the law takes effect, and so how often a step reads the memory.</param>
/// <param name="SumsNothing">Whether a step only writes, because the law is fixed, and the gradient neither clipped nor ever skipped.</param>
/// <param name="MemoryBytes">Bytes of M, with the padding of each tensor to a multiple of 16 elements.</param>
/// <param name="TableBytes">Bytes of the tables that say where chunks and tensors are.</param>
/// <param name="LawBytes">Bytes of the law, its matrices and its settings.</param>
/// <param name="PartialBytes">Bytes of the sums of each group of threads, before they are added up.</param>
/// <param name="LaunchesPerStep">
/// Kernels that a step launches, beside what uploads learning rates, loss scale, the addresses of tensors and the like where they
/// have changed.
/// </param>
/// <param name="ScalarTensorCount">
/// How many tensors of the last step were taken element by element instead of four at a time, because their parameters or their
/// gradient do not begin at a multiple of 16 bytes.
/// </param>
public sealed record DeviceFootprint(
    long ParameterCount,
    int TensorCount,
    MemoryCost Cost,
    LawTiming Timing,
    bool SumsNothing,
    long MemoryBytes,
    long TableBytes,
    long LawBytes,
    long PartialBytes,
    int LaunchesPerStep,
    int ScalarTensorCount)
{
    /// <summary>Bytes of device memory in all; parameters and gradients are the user's.</summary>
    public long TotalBytes => MemoryBytes + TableBytes + LawBytes + PartialBytes;

    /// <summary>Bytes that a step reads and writes for each parameter, as <see cref="MemoryCost"/> counts them.</summary>
    public int BytesMovedPerParameter =>
        SumsNothing ? Cost.BytesMovedFixed
        : Timing == LawTiming.Exact ? Cost.BytesMovedExact
        : Cost.BytesMovedDelayed;

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
        var k = layout.UnitCount;
        var kernelsOfLaw = kind == StepKind.Delayed ? 2 : 1;
        var passes = layout.GroupCount == 0 ? 0 : kind == StepKind.Exact ? 2 : 1;
        return new(
            layout.Length,
            layout.Lengths.Length,
            layout.LinearMemory.Cost with { ElementBytes = layout.ElementBytes },
            kind == StepKind.Delayed ? LawTiming.Delayed : LawTiming.Exact,
            SumsNothing: kind == StepKind.Fixed,
            layout.MemoryBytes,
            TableBytes: layout.Chunks.Length * (long)Unsafe.SizeOf<DeviceChunk>() + layout.Lengths.Length * (long)Unsafe.SizeOf<DeviceTensor>(),
            // B, S, S⁻¹ and G; a, L and the pending correction; −c₁L.
            LawBytes: (4 * k * k + 3 * k) * sizeof(double) + k * sizeof(float)
                + Unsafe.SizeOf<LawSettings>() + Unsafe.SizeOf<LawCounters>() + Unsafe.SizeOf<StepFactors>(),
            PartialBytes: layout.PartialCount * sizeof(double),
            LaunchesPerStep: kernelsOfLaw + passes,
            scalars);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
