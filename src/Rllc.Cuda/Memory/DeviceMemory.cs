namespace Rllc.Cuda;

/// <summary>
/// Memory of a device, aligned to 256 bytes, with undefined content at first. Freeing it waits for the device's work, so that
/// nothing queued loses its memory. The copies are queued and return at once; copying from several threads is safe.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
public sealed class DeviceMemory<T> : CudaObject where T : unmanaged
{
    private readonly DeviceView<T> _view;

    /// <summary>Allocates the memory.</summary>
    /// <param name="device">Where.</param>
    /// <param name="length">Number of elements; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OverflowException">No address space holds as much.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public DeviceMemory(CudaDevice device, long length) : base(device)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        // The driver refuses to allocate nothing.
        var size = nuint.Max(new DeviceView<T>(0, length).ByteCount, 1);
        using var scope = device.Enter();
        var result = DriverApi.cuMemAlloc_v2(out var address, size);
        if (result != CuResult.Success)
            throw new CudaException(result, FormattableString.Invariant($"Allocating {size} bytes on {device.Name}"));
        _view = new(address, length);
        Own((nint)address);
    }

    /// <summary>Number of elements.</summary>
    public long Length => _view.Length;

    /// <summary>All elements. The view does not keep them: hold on to this object while it is in use.</summary>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    public DeviceView<T> View
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return _view;
        }
    }

    /// <summary>Queues setting every byte to 0.</summary>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void Clear(CudaStream stream)
    {
        using var scope = Enter();
        DriverApi.cuMemsetD8Async(_view.Address, 0, _view.ByteCount, stream.Handle).Check("Clearing device memory");
    }

    /// <summary>Queues a copy of as many elements from elsewhere on the device.</summary>
    /// <param name="source">As long as this memory.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void CopyFrom(DeviceView<T> source, CudaStream stream) => Copy(source, _view, nameof(source), source, stream);

    /// <summary>Queues a copy of all elements to elsewhere on the device.</summary>
    /// <param name="destination">As long as this memory.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void CopyTo(DeviceView<T> destination, CudaStream stream) => Copy(_view, destination, nameof(destination), destination, stream);

    private void Copy(DeviceView<T> source, DeviceView<T> destination, string name, DeviceView<T> other, CudaStream stream)
    {
        if (other.Length != Length)
            throw new ArgumentException($"The memory has {Length} elements, the view {other.Length}.", name);
        using var scope = Enter();
        DriverApi.cuMemcpyDtoDAsync_v2(destination.Address, source.Address, source.ByteCount, stream.Handle).Check("Copying device memory");
    }

    private protected override CuResult Free() => DriverApi.cuMemFree_v2(_view.Address);
}
