namespace Rllc.Cuda;

/// <summary>
/// Memory of the host that the system keeps in place, so that a device copies to and from it while the host goes on. It knows
/// its last copy: <see cref="Wait"/> before its elements are read or written, and freeing it waits as well. Its copies belong
/// on one stream. Not thread-safe.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
public sealed unsafe class PinnedMemory<T> : CudaObject where T : unmanaged
{
    private readonly nint _lastCopy;

    /// <summary>Allocates the memory. This is slow and may wait for the device: allocate once and use it again.</summary>
    /// <param name="device">What copies to and from it.</param>
    /// <param name="length">Number of elements; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public PinnedMemory(CudaDevice device, int length) : base(device)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        // The driver refuses to allocate nothing.
        var size = nuint.Max(ByteCount(length), 1);
        using var scope = device.Enter();
        DriverApi.cuEventCreate(out _lastCopy, EventFlags.DisableTiming).Check("Creating an event");
        var result = DriverApi.cuMemHostAlloc(out var pointer, size, flags: 0);
        if (result != CuResult.Success)
        {
            DriverApi.cuEventDestroy_v2(_lastCopy);
            throw new CudaException(result, FormattableString.Invariant($"Allocating {size} bytes of pinned host memory"));
        }
        Own(pointer);
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements, undefined at first. The span does not keep them: hold on to this object while it is in use.</summary>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new((void*)handle, Length);
        }
    }

    /// <summary>Queues a copy to a device, and returns at once; the elements must stay as they are until it is done.</summary>
    /// <param name="start">The first element to copy.</param>
    /// <param name="destination">Where to, and how many elements.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer elements than the destination's.</exception>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void CopyTo(int start, DeviceView<T> destination, CudaStream stream)
    {
        using var scope = Enter();
        var source = Elements(start, destination.Length);
        DriverApi.cuMemcpyHtoDAsync_v2(destination.Address, source, destination.ByteCount, stream.Handle).Check("Copying to device memory");
        DriverApi.cuEventRecord(_lastCopy, stream.Handle).Check("Recording an event");
    }

    /// <summary>Queues a copy from a device, and returns at once; the elements are there when <see cref="Wait"/> has returned.</summary>
    /// <param name="start">The first element to overwrite.</param>
    /// <param name="source">Where from, and how many elements.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer elements than the source's.</exception>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void CopyFrom(int start, DeviceView<T> source, CudaStream stream)
    {
        using var scope = Enter();
        var destination = Elements(start, source.Length);
        DriverApi.cuMemcpyDtoHAsync_v2(destination, source.Address, source.ByteCount, stream.Handle).Check("Copying from device memory");
        DriverApi.cuEventRecord(_lastCopy, stream.Handle).Check("Recording an event");
    }

    /// <summary>Waits until the last copy to or from this memory is done, and with it all work that was queued before it.</summary>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">Work before the copy, or the copy, has failed, or the driver refuses.</exception>
    public void Wait()
    {
        using var scope = Enter();
        DriverApi.cuEventSynchronize(_lastCopy).Check("Waiting for a copy");
    }

    private T* Elements(int start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - start);
        return (T*)handle + start;
    }

    private static nuint ByteCount(int length) => checked((nuint)length * (nuint)sizeof(T));

    private protected override CuResult Free()
    {
        // An event that fails to come has no copy before it that could still be under way.
        DriverApi.cuEventSynchronize(_lastCopy);
        DriverApi.cuEventDestroy_v2(_lastCopy);
        return DriverApi.cuMemFreeHost(handle);
    }
}
