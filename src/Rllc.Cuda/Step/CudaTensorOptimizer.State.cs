namespace Rllc.Cuda;

public abstract partial class CudaTensorOptimizer
{
    /// <summary>Number of steps applied so far; skipped ones do not count. Waits for the device.</summary>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses.</exception>
    public long ReadStepCount(CudaStream stream)
    {
        using var use = Enter();
        return ReadCounts(stream).Applied;
    }

    /// <summary>Number of steps skipped so far. Waits for the device.</summary>
    /// <inheritdoc cref="ReadStepCount"/>
    public long ReadSkippedCount(CudaStream stream)
    {
        using var use = Enter();
        return ReadCounts(stream).Skipped;
    }

    /// <summary>
    /// What the last step did; its law, where there is one, is a view of the optimizer's own, until the next report. Before the first
    /// step, and after the state was restored, nothing was applied. Waits for the device, but allocates nothing.
    /// </summary>
    /// <inheritdoc cref="ReadStepCount"/>
    public StepReport ReadReport(CudaStream stream)
    {
        using var use = Enter();
        var factors = ReadOne(Outcome, stream);
        return new()
        {
            Applied = factors.Applied != 0,
            GradientNorm = factors.GradientNorm,
            ClipFactor = factors.ClipFactor,
            Law = ReadLawOfReport(stream),
        };
    }

    /// <summary>
    /// One tensor's part of a column of M, where it is on the device, as the bytes of <see cref="MemoryFormat"/>. The optimizer frees
    /// it when it is disposed.
    /// </summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit or tensor.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public DeviceView<byte> Unit(int unit, int tensor)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_layout.UnitCount, unit);
        TensorArguments.CheckTensor(Lengths, tensor);
        return Find(unit, tensor);
    }

    /// <summary>Copies one column of M to the host, all tensors one after the other. Waits for the device.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="destination">n elements.</param>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="ArgumentException">The destination's length is not n.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses.</exception>
    public void CopyUnit(int unit, Span<float> destination, CudaStream stream)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_layout.UnitCount, unit);
        TensorArguments.CheckAll(Length, destination.Length, "span", nameof(destination));
        for (var tensor = 0; tensor < Lengths.Length; tensor++)
        {
            var length = (int)Lengths[tensor];
            Read(Find(unit, tensor), destination[..length], stream);
            destination = destination[length..];
        }
    }

    /// <summary>Copies one tensor's part of a column of M to the host. Waits for the device.</summary>
    /// <param name="unit">0 to k − 1.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="destination">As many elements as the tensor has.</param>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit or tensor.</exception>
    /// <exception cref="ArgumentException">The destination's length is not the tensor's.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses.</exception>
    public void CopyUnit(int unit, int tensor, Span<float> destination, CudaStream stream)
    {
        using var use = Enter();
        TensorArguments.CheckUnit(_layout.UnitCount, unit);
        TensorArguments.CheckPart(Lengths, tensor, destination.Length, nameof(destination));
        Read(Find(unit, tensor), destination, stream);
    }

    /// <summary>Copies some of M to the host, as the bytes it is kept in. Waits for the device.</summary>
    /// <param name="source">A part of <see cref="Unit"/>.</param>
    /// <param name="destination">As long.</param>
    /// <param name="stream">The steps' stream.</param>
    internal void ReadMemory(DeviceView<byte> source, Span<byte> destination, CudaStream stream)
    {
        using var use = Enter();
        Copy.FromDevice(source, destination, stream);
    }

    /// <summary>The inverse of <see cref="ReadMemory"/>.</summary>
    internal void WriteMemory(ReadOnlySpan<byte> source, DeviceView<byte> destination, CudaStream stream)
    {
        using var use = Enter();
        Copy.ToDevice(source, destination, stream);
    }

    /// <summary>The numbers of steps applied and skipped.</summary>
    private protected abstract (long Applied, long Skipped) ReadCounts(CudaStream stream);

    /// <summary>The law after the last step, on its way to a report; empty where there is none.</summary>
    private protected virtual ReadOnlySpan<double> ReadLawOfReport(CudaStream stream) => default;

    private DeviceView<byte> Find(int unit, int tensor)
    {
        var first = _layout.IndexOf(tensor, unit);
        return M.Slice(first * _layout.ElementBytes, Lengths[tensor] * _layout.ElementBytes);
    }

    /// <summary>Copies numbers of M to the host, as float32.</summary>
    private void Read(DeviceView<byte> source, Span<float> destination, CudaStream stream)
    {
        if (MemoryFormat == MemoryFormat.Float32)
        {
            Copy.FromDevice(new DeviceView<float>(source.Address, destination.Length), destination, stream);
            return;
        }
        var narrow = Read(new DeviceView<ushort>(source.Address, destination.Length), stream);
        BFloat16.Widen(narrow, destination);
    }

    private protected T[] Read<T>(DeviceView<T> source, CudaStream stream) where T : unmanaged
    {
        var values = new T[source.Length];
        Copy.FromDevice(source, values.AsSpan(), stream);
        return values;
    }

    private protected T ReadOne<T>(DeviceView<T> source, CudaStream stream) where T : unmanaged
    {
        T value = default;
        Copy.FromDevice(source, new Span<T>(ref value), stream);
        return value;
    }
}
