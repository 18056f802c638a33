namespace Rllc.Cuda;

public sealed partial class CudaOptimizer
{
    /// <summary>Number of steps applied so far; skipped ones do not count. Waits for the device.</summary>
    /// <param name="stream">The steps' stream.</param>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    /// <exception cref="CudaException">Work queued earlier has failed, or the driver refuses.</exception>
    public long ReadStepCount(CudaStream stream)
    {
        using var use = Enter();
        return ReadOne(_memory.Arguments.Law.Counters, stream).Step;
    }

    /// <summary>Number of steps skipped so far. Waits for the device.</summary>
    /// <inheritdoc cref="ReadStepCount"/>
    public long ReadSkippedCount(CudaStream stream)
    {
        using var use = Enter();
        return ReadOne(_memory.Arguments.Law.Counters, stream).Skipped;
    }

    /// <summary>L, one coefficient per memory unit. Waits for the device.</summary>
    /// <inheritdoc cref="ReadStepCount"/>
    public double[] ReadLaw(CudaStream stream)
    {
        using var use = Enter();
        return Read(_memory.Arguments.Law.L, stream);
    }

    /// <summary>G = MᵀM, k×k, as the law sees it: of the scaled, clipped gradients in the memory. Waits for the device.</summary>
    /// <inheritdoc cref="ReadStepCount"/>
    /// <exception cref="InvalidOperationException">The law is fixed and has no use for G, or another thread is using the optimizer.</exception>
    public SquareMatrix ReadGram(CudaStream stream)
    {
        using var use = Enter();
        _settings.RequireGram();
        return SquareMatrix.FromRowMajor(_layout.UnitCount, Read(_memory.Arguments.Law.G, stream));
    }

    /// <summary>
    /// What the last step did; its law is a view of the optimizer's own, until the next report. Before the first step, and after the
    /// state was restored, nothing was applied. Waits for the device, but allocates nothing.
    /// </summary>
    /// <inheritdoc cref="ReadStepCount"/>
    public StepReport ReadReport(CudaStream stream)
    {
        using var use = Enter();
        var factors = ReadOne(_memory.Arguments.Law.Factors, stream);
        _memory.Copy.FromDevice(_memory.Arguments.Law.L, _reportedLaw.AsSpan(), stream);
        return new()
        {
            Applied = factors.Applied != 0,
            GradientNorm = factors.GradientNorm,
            ClipFactor = factors.ClipFactor,
            Law = _reportedLaw,
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

    /// <summary>Reads the law's part of the state. Waits for the device.</summary>
    internal DeviceLawState ReadState(CudaStream stream)
    {
        using var use = Enter();
        var law = _memory.Arguments.Law;
        return new(ReadOne(law.Counters, stream), Read(law.L, stream), Read(law.G, stream), Read(law.Pending, stream));
    }

    /// <summary>Replaces options and law's part of the state, and forgets the last report. Waits for the device.</summary>
    /// <param name="options">Options of the same memory format.</param>
    /// <param name="state">What <see cref="ReadState"/> has read, of an optimizer with the same number of units.</param>
    /// <param name="stream">The steps' stream.</param>
    internal void Restore(OptimizerOptions options, DeviceLawState state, CudaStream stream)
    {
        using var use = Enter();
        options.Validate(_layout.UnitCount);
        if (options.MemoryFormat != MemoryFormat)
            throw new ArgumentException($"The memory is kept in {MemoryFormat}, not in {options.MemoryFormat}.", nameof(options));
        // Refuses what a device does not know, before anything is written.
        _ = LawSettings.From(options);
        var law = _memory.Arguments.Law;
        _memory.Copy.ToDevice<double>(state.L, law.L, stream);
        _memory.Copy.ToDevice<double>(state.G, law.G, stream);
        _memory.Copy.ToDevice<double>(state.Pending, law.Pending, stream);
        _memory.Copy.ToDevice([state.Counters], law.Counters, stream);
        _memory.Copy.ToDevice([default(StepFactors)], law.Factors, stream);
        _settings.Replace(options);
        _options = options;
    }

    /// <summary>Copies some of M to the host, as the bytes it is kept in. Waits for the device.</summary>
    /// <param name="source">A part of <see cref="Unit"/>.</param>
    /// <param name="destination">As long.</param>
    /// <param name="stream">The steps' stream.</param>
    internal void ReadMemory(DeviceView<byte> source, Span<byte> destination, CudaStream stream)
    {
        using var use = Enter();
        _memory.Copy.FromDevice(source, destination, stream);
    }

    /// <summary>The inverse of <see cref="ReadMemory"/>.</summary>
    internal void WriteMemory(ReadOnlySpan<byte> source, DeviceView<byte> destination, CudaStream stream)
    {
        using var use = Enter();
        _memory.Copy.ToDevice(source, destination, stream);
    }

    private DeviceView<byte> Find(int unit, int tensor)
    {
        var first = _layout.IndexOf(tensor, unit);
        return _memory.Arguments.M.Slice(first * _layout.ElementBytes, Lengths[tensor] * _layout.ElementBytes);
    }

    /// <summary>Copies numbers of M to the host, as float32.</summary>
    private void Read(DeviceView<byte> source, Span<float> destination, CudaStream stream)
    {
        if (MemoryFormat == MemoryFormat.Float32)
        {
            _memory.Copy.FromDevice(new DeviceView<float>(source.Address, destination.Length), destination, stream);
            return;
        }
        var narrow = Read(new DeviceView<ushort>(source.Address, destination.Length), stream);
        BFloat16.Widen(narrow, destination);
    }

    private T[] Read<T>(DeviceView<T> source, CudaStream stream) where T : unmanaged
    {
        var values = new T[source.Length];
        _memory.Copy.FromDevice(source, values.AsSpan(), stream);
        return values;
    }

    private T ReadOne<T>(DeviceView<T> source, CudaStream stream) where T : unmanaged
    {
        T value = default;
        _memory.Copy.FromDevice(source, new Span<T>(ref value), stream);
        return value;
    }
}
