namespace Rllc.Cuda;

/// <summary>
/// A table on a device that follows one on the host: only entries that have changed are uploaded, from pinned memory, without
/// waiting for the device. It is meant for the addresses of tensors, which rarely move, so that a step's launches are the same
/// few for any number of them. Not thread-safe; its updates, and the kernels that read it, belong on one stream.
/// </summary>
/// <typeparam name="T">The entry; equal entries must have the same bytes, as far as kernels read them.</typeparam>
public sealed unsafe class DeviceTable<T> : IDisposable where T : unmanaged, IEquatable<T>
{
    // The host may be as many updates ahead of the device before one of them has to wait.
    private const int StagingCount = 4;

    // A copy costs about as much as so many bytes do, so that two changes closer together go in one.
    private const int BridgedBytes = 4096;

    private readonly DeviceMemory<T> _memory;
    private readonly PinnedMemory<T>[] _staging = new PinnedMemory<T>[StagingCount];
    private readonly T[] _uploaded;
    private bool _isFilled;
    private int _next;

    /// <summary>Allocates the table, with undefined content until the first update.</summary>
    /// <param name="device">Where.</param>
    /// <param name="length">Number of entries; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public DeviceTable(CudaDevice device, int length)
    {
        _memory = new DeviceMemory<T>(device, length);
        _uploaded = new T[length];
        try
        {
            for (var i = 0; i < StagingCount; i++)
                _staging[i] = new PinnedMemory<T>(device, length);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of entries.</summary>
    public int Length => _uploaded.Length;

    /// <summary>The table on the device.</summary>
    /// <exception cref="ObjectDisposedException">The table is disposed.</exception>
    public DeviceView<T> View => _memory.View;

    /// <summary>
    /// Queues the upload of what has changed since the last update, and of everything at first; where nothing has changed, the
    /// driver is not called at all. It waits only where the device has not yet come to the fourth last of the updates that
    /// uploaded something.
    /// </summary>
    /// <param name="entries">The whole table, <see cref="Length"/> entries; they may change once this returns.</param>
    /// <param name="stream">A stream of the device, the same every time.</param>
    /// <returns>Number of entries uploaded; a few that lie between changed ones may be among them.</returns>
    /// <exception cref="ArgumentException">The number of entries differs.</exception>
    /// <exception cref="ObjectDisposedException">The table is disposed.</exception>
    /// <exception cref="CudaException">The driver refuses, or work queued earlier has failed; the next update uploads what this one has not.</exception>
    public int Update(ReadOnlySpan<T> entries, CudaStream stream)
    {
        var view = View;
        if (entries.Length != Length)
            throw new ArgumentException($"The table has {Length} entries, not {entries.Length}.", nameof(entries));
        PinnedMemory<T>? staging = null;
        var count = 0;
        for (var start = NextChange(entries, 0); start < Length;)
        {
            var end = EndOfChanges(entries, start, out var next);
            var changed = entries[start..end];
            staging ??= NextStaging();
            changed.CopyTo(staging.Span[start..]);
            staging.CopyTo(start, view.Slice(start, changed.Length), stream);
            changed.CopyTo(_uploaded.AsSpan(start));
            count += changed.Length;
            start = next;
        }
        _isFilled = true;
        return count;
    }

    /// <summary>Waits for the uploads and frees the table; waits for the device's work on it as well.</summary>
    public void Dispose()
    {
        foreach (var staging in _staging)
            staging?.Dispose();
        _memory.Dispose();
    }

    /// <summary>Staging memory whose last upload is done.</summary>
    private PinnedMemory<T> NextStaging()
    {
        var staging = _staging[_next];
        staging.Wait();
        _next = (_next + 1) % StagingCount;
        return staging;
    }

    private int NextChange(ReadOnlySpan<T> entries, int start) =>
        _isFilled ? start + entries[start..].CommonPrefixLength(_uploaded.AsSpan(start)) : start;

    /// <summary>The end of changes that are worth one copy, and where the next one begins.</summary>
    private int EndOfChanges(ReadOnlySpan<T> entries, int start, out int next)
    {
        if (!_isFilled)
            return next = Length;
        int end;
        do
        {
            end = start + 1;
            while (end < Length && !entries[end].Equals(_uploaded[end]))
                end++;
            start = next = NextChange(entries, end);
        }
        while (next < Length && (long)(next - end) * sizeof(T) <= BridgedBytes);
        return end;
    }
}
