using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>Tensors in an accelerator's memory, each some elements after the beginning of its own buffer, which is aligned.</summary>
internal sealed class DeviceTensorList : IDisposable
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] _buffers;

    public DeviceTensorList(Accelerator accelerator, long[] lengths, int offset = 0)
    {
        // One element more than needed: ILGPU has no subview that begins at the end.
        _buffers = [.. lengths.Select(length => accelerator.Allocate1D<float>(length + offset + 1))];
        Views = [.. lengths.Select((length, i) => _buffers[i].View.BaseView.SubView(offset, length))];
    }

    public ArrayView<float>[] Views { get; }

    public float[] Values
    {
        get => [.. Views.SelectMany(Read)];
        set
        {
            var next = 0;
            foreach (var view in Views)
                for (var i = 0; i < view.Length; i++)
                    view[i] = value[next++];
        }
    }

    public static float[] Read(ArrayView<float> view)
    {
        var values = new float[view.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = view[i];
        return values;
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Dispose();
    }
}
