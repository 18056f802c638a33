using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>Memory of an accelerator, freed all together and in any order with the accelerator, which frees what is left when it is disposed itself.</summary>
/// <param name="accelerator">Where.</param>
internal sealed class DeviceBuffers(Accelerator accelerator) : IDisposable
{
    private readonly List<MemoryBuffer> _buffers = [];

    /// <summary>Memory with the given values, which are copied on the default stream.</summary>
    public ArrayView<T> Filled<T>(T[] values) where T : unmanaged
    {
        var view = Allocate<T>(values.Length);
        if (view.IsValid)
            view.CopyFromCPU(accelerator.DefaultStream, values);
        return view;
    }

    /// <summary>Memory of zeros, which are written on the default stream.</summary>
    public ArrayView<T> Zeros<T>(long length) where T : unmanaged
    {
        var view = Allocate<T>(length);
        if (view.IsValid)
            view.MemSetToZero(accelerator.DefaultStream);
        return view;
    }

    /// <summary>All of the accelerator's memory as float32, from address 0.</summary>
    public ArrayView<float> AddressSpace() => Own(new AddressSpace(accelerator)).View;

    /// <summary>Waits for the accelerator, then frees everything.</summary>
    public void Dispose()
    {
        if (!accelerator.IsDisposed)
            accelerator.Synchronize();
        foreach (var buffer in _buffers)
            buffer.Dispose();
    }

    // Of nothing, a view of nothing: the driver refuses to allocate it.
    private ArrayView<T> Allocate<T>(long length) where T : unmanaged =>
        length == 0 ? default : Own(accelerator.AllocateRaw(length, Interop.SizeOf<T>())).AsArrayView<T>(0, length);

    private TBuffer Own<TBuffer>(TBuffer buffer) where TBuffer : MemoryBuffer
    {
        _buffers.Add(buffer);
        return buffer;
    }
}
