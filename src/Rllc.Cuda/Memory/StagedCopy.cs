using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// Copies between a device and any memory of the host, of any size, piece by piece through pinned memory. Each waits until it is
/// done. Not thread-safe.
/// </summary>
/// <param name="device">The device.</param>
/// <exception cref="ObjectDisposedException">The device is disposed.</exception>
/// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
internal sealed class StagedCopy(CudaDevice device) : IDisposable
{
    // So much that waiting for each piece costs little beside copying it.
    private const int PieceBytes = 1 << 20;

    private readonly PinnedMemory<byte> _piece = new(device, PieceBytes);

    /// <summary>Copies to the device, behind all work queued on a stream.</summary>
    /// <param name="source">What.</param>
    /// <param name="destination">Where to, as long as the source.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void ToDevice<T>(ReadOnlySpan<T> source, DeviceView<T> destination, CudaStream stream) where T : unmanaged
    {
        CheckLength(source.Length, destination.Length);
        for (int start = 0, count; start < source.Length; start += count)
        {
            count = PieceAt<T>(start, source.Length);
            var bytes = MemoryMarshal.AsBytes(source.Slice(start, count));
            bytes.CopyTo(_piece.Span);
            _piece.CopyTo(0, Bytes(destination, start, bytes.Length), stream);
            _piece.Wait();
        }
    }

    /// <summary>Copies from the device what is there once all work queued on a stream is done.</summary>
    /// <param name="source">What.</param>
    /// <param name="destination">Where to, as long as the source.</param>
    /// <param name="stream">A stream of the device.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed.</exception>
    public void FromDevice<T>(DeviceView<T> source, Span<T> destination, CudaStream stream) where T : unmanaged
    {
        CheckLength(destination.Length, source.Length);
        for (int start = 0, count; start < destination.Length; start += count)
        {
            count = PieceAt<T>(start, destination.Length);
            var bytes = MemoryMarshal.AsBytes(destination.Slice(start, count));
            _piece.CopyFrom(0, Bytes(source, start, bytes.Length), stream);
            _piece.Wait();
            _piece.Span[..bytes.Length].CopyTo(bytes);
        }
    }

    /// <summary>Frees the pinned memory.</summary>
    public void Dispose() => _piece.Dispose();

    private static void CheckLength(int span, long view)
    {
        if (span != view)
            throw new ArgumentException($"The view has {view} elements, the span {span}.");
    }

    private static unsafe int PieceAt<T>(int start, int length) where T : unmanaged => Math.Min(PieceBytes / sizeof(T), length - start);

    private static DeviceView<byte> Bytes<T>(DeviceView<T> view, int start, int byteCount) where T : unmanaged =>
        new(view.Slice(start, 0).Address, byteCount);
}
