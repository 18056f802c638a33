namespace Rllc.Cuda;

/// <summary>What a step works on, on a device; filled, but for the two tables, which steps keep up to date.</summary>
internal sealed class StepMemory : IDisposable
{
    private readonly StepAllocations _allocations;

    /// <summary>Allocates everything and waits until it is filled: M = 0 and the initial law.</summary>
    /// <param name="device">Where.</param>
    /// <param name="layout">How much.</param>
    /// <param name="start">What the law begins with.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public StepMemory(CudaDevice device, DeviceLayout layout, LawStart start)
    {
        _allocations = new(device);
        try
        {
            var k = layout.Memory.UnitCount;
            Copy = _allocations.Own(new StagedCopy(device));
            Settings = _allocations.Own(new DeviceTable<LawSettings>(device, 1));
            Tensors = _allocations.Own(new DeviceTable<DeviceTensor>(device, layout.Lengths.Length));
            Arguments = new()
            {
                Law = new()
                {
                    B = _allocations.Upload<double>(Copy, layout.B),
                    a = _allocations.Upload(Copy, layout.a.AsSpan()),
                    S = _allocations.Upload<double>(Copy, start.S),
                    InverseS = _allocations.Upload<double>(Copy, start.InverseS),
                    L = _allocations.Upload<double>(Copy, start.L),
                    G = _allocations.Upload<double>(Copy, new double[k * k]),
                    Pending = _allocations.Upload<double>(Copy, new double[k]),
                    Settings = Settings.View,
                    Counters = _allocations.Upload(Copy, [default(LawCounters)]),
                    Factors = _allocations.Upload(Copy, [default(StepFactors)]),
                    StepLaw = _allocations.Upload<float>(Copy, new float[k]),
                },
                Chunks = _allocations.Upload<DeviceChunk>(Copy, layout.Chunks),
                Tensors = Tensors.View,
                Addresses = new(0, long.MaxValue / sizeof(float)),
                M = _allocations.Zeros<byte>(layout.MemoryBytes),
                // Zeros, because the pass of a rule whose law is fixed sums no pairs.
                Partials = _allocations.Zeros<double>(layout.PartialCount),
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
    public StepArguments Arguments { get; }

    /// <summary>The options, one entry.</summary>
    public DeviceTable<LawSettings> Settings { get; }

    /// <summary>Where the tensors are.</summary>
    public DeviceTable<DeviceTensor> Tensors { get; }

    /// <summary>The way to the host and back.</summary>
    public StagedCopy Copy { get; }

    /// <summary>Frees everything, once the device no longer works on it.</summary>
    public void Dispose() => _allocations.Dispose();
}
