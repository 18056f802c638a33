namespace Rllc.Cuda;

/// <summary>Memory and tables of a device, freed all together once the device no longer works on them.</summary>
internal sealed class StepAllocations : IDisposable
{
    private readonly CudaDevice _device;
    private readonly List<IDisposable> _owned = [];

    /// <summary>Begins with the way to the device and back.</summary>
    /// <param name="device">Where.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public StepAllocations(CudaDevice device)
    {
        _device = device;
        Copy = Own(new StagedCopy(device));
    }

    /// <summary>The way to the host and back.</summary>
    public StagedCopy Copy { get; }

    /// <summary>Memory with the given values, which are copied on the default stream.</summary>
    public DeviceView<T> Filled<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var view = Own(new DeviceMemory<T>(_device, values.Length)).View;
        Copy.ToDevice(values, view, CudaStream.Default);
        return view;
    }

    /// <summary>Memory of zeros, which are written on the default stream.</summary>
    public DeviceView<T> Zeros<T>(long length) where T : unmanaged
    {
        var memory = Own(new DeviceMemory<T>(_device, length));
        if (length > 0)
            memory.Clear(CudaStream.Default);
        return memory.View;
    }

    /// <summary>Takes over something to be freed along.</summary>
    public T Own<T>(T created) where T : IDisposable
    {
        _owned.Add(created);
        return created;
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }
}
