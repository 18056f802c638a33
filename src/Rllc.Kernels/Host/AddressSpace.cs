using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>
/// All of an accelerator's memory as one buffer that begins at address 0, through which kernels reach tensors of whatever owner.
/// It owns nothing, and the host neither copies nor clears it.
/// </summary>
internal sealed class AddressSpace : MemoryBuffer
{
    // Bytes of it still fit a signed 64-bit number with room to spare, and no device has as many addresses.
    private const long MostElements = 1L << 60;

    /// <summary>The memory of an accelerator with a flat address space.</summary>
    public AddressSpace(Accelerator accelerator) : base(accelerator, MostElements, sizeof(float))
    {
    }

    /// <summary>The memory as float32.</summary>
    public ArrayView<float> View => new(this, 0, MostElements);

    /// <inheritdoc/>
    protected override void MemSet(AcceleratorStream stream, byte value, in ArrayView<byte> targetView) => throw Refusal();

    /// <inheritdoc/>
    protected override void CopyTo(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => throw Refusal();

    /// <inheritdoc/>
    protected override void CopyFrom(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => throw Refusal();

    /// <inheritdoc/>
    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }

    private static NotSupportedException Refusal() => new("Only kernels reach tensors by their addresses.");
}
