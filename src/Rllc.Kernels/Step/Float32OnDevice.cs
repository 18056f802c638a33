using ILGPU;

namespace Rllc.Kernels;

/// <summary><see cref="MemoryFormat.Float32"/>.</summary>
internal readonly struct Float32OnDevice : IDeviceElement
{
    /// <inheritdoc/>
    public float Load(ArrayView<byte> M, long index) => M.Cast<float>()[index];

    /// <inheritdoc/>
    public Float4 Load4(ArrayView<byte> M, long index) => M.Cast<Float4>()[index];

    /// <inheritdoc/>
    public void Store(float value, ArrayView<byte> M, long index, uint dither) => M.Cast<float>()[index] = value;

    /// <inheritdoc/>
    public void Store4(Float4 values, ArrayView<byte> M, long index, uint dither) => M.Cast<Float4>()[index] = values;
}
