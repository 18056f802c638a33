using ILGPU;

namespace Rllc.Kernels;

/// <summary><see cref="MemoryFormat.BFloat16"/>.</summary>
internal readonly struct BFloat16OnDevice : IDeviceElement
{
    /// <inheritdoc/>
    public float Load(ArrayView<byte> M, long index) => Interop.IntAsFloat((uint)M.Cast<ushort>()[index] << 16);

    /// <inheritdoc/>
    public Float4 Load4(ArrayView<byte> M, long index) => BFloat16Bits.Unpack(M.Cast<BFloat16Bits>()[index]);

    /// <inheritdoc/>
    public void Store(float value, ArrayView<byte> M, long index, uint dither) =>
        M.Cast<ushort>()[index] = (ushort)(BFloat16Bits.Nearest(value) >> 16);

    /// <inheritdoc/>
    public void Store4(Float4 values, ArrayView<byte> M, long index, uint dither) => M.Cast<BFloat16Bits>()[index] = BFloat16Bits.Pack(
        BFloat16Bits.Nearest(values.X),
        BFloat16Bits.Nearest(values.Y),
        BFloat16Bits.Nearest(values.Z),
        BFloat16Bits.Nearest(values.W));
}
