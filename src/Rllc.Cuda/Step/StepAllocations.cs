namespace Rllc.Cuda;

/// <summary>Memory and tables of a device, freed all together once the device no longer works on them.</summary>
/// <param name="device">Where.</param>
internal sealed class StepAllocations(CudaDevice device) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>Memory with the given values, which <paramref name="copy"/> brings there on the default stream.</summary>
    public DeviceView<T> Upload<T>(StagedCopy copy, ReadOnlySpan<T> values) where T : unmanaged
    {
        var view = Allocate<T>(values.Length);
        copy.ToDevice(values, view, CudaStream.Default);
        return view;
    }

    /// <summary>Memory of zeros, which are written on the default stream.</summary>
    public DeviceView<T> Zeros<T>(long length) where T : unmanaged
    {
        var memory = Own(new DeviceMemory<T>(device, length));
        if (length > 0)
            memory.Clear(CudaStream.Default);
        return memory.View;
    }

    /// <summary>Memory of undefined content.</summary>
    public DeviceView<T> Allocate<T>(long length) where T : unmanaged => Own(new DeviceMemory<T>(device, length)).View;

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
