namespace Rllc.Cuda;

/// <summary>What a step works on, on a device; filled, but for the two tables, which steps keep up to date.</summary>
internal sealed class StepMemory : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly CudaDevice _device;

    /// <summary>Allocates everything and waits until it is filled: M = 0 and the initial law.</summary>
    /// <param name="device">Where.</param>
    /// <param name="layout">How much.</param>
    /// <param name="start">What the law begins with.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public StepMemory(CudaDevice device, DeviceLayout layout, LawStart start)
    {
        _device = device;
        try
        {
            var k = layout.UnitCount;
            Copy = Own(new StagedCopy(device));
            Settings = Own(new DeviceTable<LawSettings>(device, 1));
            Tensors = Own(new DeviceTable<DeviceTensor>(device, layout.Lengths.Length));
            Arguments = new()
            {
                Law = new()
                {
                    B = Upload<double>(layout.B),
                    a = Upload(layout.a.AsSpan()),
                    S = Upload<double>(start.S),
                    InverseS = Upload<double>(start.InverseS),
                    L = Upload<double>(start.L),
                    G = Upload<double>(new double[k * k]),
                    Pending = Upload<double>(new double[k]),
                    Settings = Settings.View,
                    Counters = Upload([default(LawCounters)]),
                    Factors = Upload([default(StepFactors)]),
                    StepLaw = Upload<float>(new float[k]),
                },
                Chunks = Upload<DeviceChunk>(layout.Chunks),
                Tensors = Tensors.View,
                Addresses = new(0, long.MaxValue / sizeof(float)),
                M = Zeros(layout.MemoryBytes),
                Partials = Allocate<double>(layout.PartialCount).View,
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
    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    private DeviceView<byte> Zeros(long byteCount)
    {
        var memory = Allocate<byte>(byteCount);
        if (byteCount > 0)
            memory.Clear(CudaStream.Default);
        return memory.View;
    }

    private DeviceView<T> Upload<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var view = Allocate<T>(values.Length).View;
        Copy.ToDevice(values, view, CudaStream.Default);
        return view;
    }

    private DeviceMemory<T> Allocate<T>(long length) where T : unmanaged => Own(new DeviceMemory<T>(_device, length));

    private T Own<T>(T created) where T : IDisposable
    {
        _owned.Add(created);
        return created;
    }
}
