using ILGPU;

namespace Rllc.Kernels;

/// <summary><see cref="MemoryFormat.BFloat16Stochastic"/>.</summary>
internal readonly struct BFloat16StochasticOnDevice : IDeviceElement
{
    /// <inheritdoc/>
    public float Load(ArrayView<byte> M, long index) => Interop.IntAsFloat((uint)M.Cast<ushort>()[index] << 16);

    /// <inheritdoc/>
    public Float4 Load4(ArrayView<byte> M, long index) => BFloat16Bits.Unpack(M.Cast<BFloat16Bits>()[index]);

    /// <inheritdoc/>
    public void Store(float value, ArrayView<byte> M, long index, uint dither) =>
        M.Cast<ushort>()[index] = (ushort)(BFloat16Bits.Dithered(value, dither) >> 16);

    /// <inheritdoc/>
    public void Store4(Float4 values, ArrayView<byte> M, long index, uint dither) => M.Cast<BFloat16Bits>()[index] = BFloat16Bits.Pack(
        BFloat16Bits.Dithered(values.X, dither),
        BFloat16Bits.Dithered(values.Y, dither ^ 1),
        BFloat16Bits.Dithered(values.Z, dither ^ 2),
        BFloat16Bits.Dithered(values.W, dither ^ 3));
}
