namespace Rllc.Cuda;

/// <summary>What a step by moments works on, on a device; filled, but for the two tables, which steps keep up to date.</summary>
internal sealed class MomentMemory : IDisposable
{
    private readonly StepAllocations _allocations;

    /// <summary>Allocates everything and waits until it is filled: M = 0, counts and priorities of 0.</summary>
    /// <param name="device">Where.</param>
    /// <param name="layout">How much.</param>
    /// <param name="formula">What the kernels implement.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public MomentMemory(CudaDevice device, TensorLayout layout, MomentFormula formula)
    {
        _allocations = new(device);
        try
        {
            var tensorCount = layout.Lengths.Length;
            Copy = _allocations.Own(new StagedCopy(device));
            Settings = _allocations.Own(new DeviceTable<MomentSettings>(device, 1));
            Tensors = _allocations.Own(new DeviceTable<DeviceTensor>(device, tensorCount));
            Arguments = new()
            {
                Settings = Settings.View,
                Counters = _allocations.Zeros<MomentCounters>(1),
                Outcome = _allocations.Zeros<StepFactors>(1),
                Steps = _allocations.Zeros<long>(tensorCount),
                Keys = _allocations.Zeros<double>((long)tensorCount * formula.Capacity),
                Factors = _allocations.Zeros<MomentFactors>(tensorCount),
                Chunks = _allocations.Upload<DeviceChunk>(Copy, layout.Chunks),
                Tensors = Tensors.View,
                Addresses = new(0, long.MaxValue / sizeof(float)),
                M = _allocations.Zeros<byte>(layout.MemoryBytes),
                Partials = _allocations.Allocate<double>(layout.PartialCount),
                Norms = _allocations.Zeros<double>(formula.IsReference ? tensorCount : 0),
                Rows = layout.Rows,
                ChunksPerGroup = layout.ChunksPerGroup,
            };
            device.Synchronize(CudaStream.Default);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the kernels are launched with.</summary>
    public MomentArguments Arguments { get; }

    /// <summary>Formula and options, one entry.</summary>
    public DeviceTable<MomentSettings> Settings { get; }

    /// <summary>Where the tensors are.</summary>
    public DeviceTable<DeviceTensor> Tensors { get; }

    /// <summary>The way to the host and back.</summary>
    public StagedCopy Copy { get; }

    /// <summary>Frees everything, once the device no longer works on it.</summary>
    public void Dispose() => _allocations.Dispose();
}
