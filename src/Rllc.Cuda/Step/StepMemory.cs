namespace Rllc.Cuda;

/// <summary>What a step works on, on a device; filled, but for the two tables, which steps keep up to date.</summary>
/// <typeparam name="TSettings">Of the options.</typeparam>
/// <typeparam name="TArguments">What the kernels are launched with.</typeparam>
internal sealed class StepMemory<TSettings, TArguments> : IDisposable where TSettings : unmanaged, IEquatable<TSettings>
{
    private readonly StepAllocations _allocations;

    /// <summary>Allocates everything and waits until it is filled, M = 0.</summary>
    /// <param name="device">Where.</param>
    /// <param name="layout">How much.</param>
    /// <param name="fill">Makes the arguments of the table of options and the elements, and allocates and fills the rest.</param>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The memory is exhausted, or the driver refuses.</exception>
    public StepMemory(CudaDevice device, TensorLayout layout, Func<StepAllocations, DeviceView<TSettings>, ElementArguments, TArguments> fill)
    {
        _allocations = new(device);
        try
        {
            Settings = _allocations.Own(new DeviceTable<TSettings>(device, 1));
            Tensors = _allocations.Own(new DeviceTable<DeviceTensor>(device, layout.Lengths.Length));
            Arguments = fill(_allocations, Settings.View, new()
            {
                Chunks = _allocations.Filled<DeviceChunk>(layout.Chunks),
                Tensors = Tensors.View,
                Addresses = new(0, long.MaxValue / sizeof(float)),
                M = _allocations.Zeros<byte>(layout.MemoryBytes),
                // Zeros, because the pass of a rule whose law is fixed sums no pairs.
                Partials = _allocations.Zeros<double>(layout.PartialCount),
                Rows = layout.Rows,
                ChunksPerGroup = layout.ChunksPerGroup,
            });
            device.Synchronize(CudaStream.Default);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the kernels are launched with.</summary>
    public TArguments Arguments { get; }

    /// <summary>The options, one entry.</summary>
    public DeviceTable<TSettings> Settings { get; }

    /// <summary>Where the tensors are.</summary>
    public DeviceTable<DeviceTensor> Tensors { get; }

    /// <summary>The way to the host and back.</summary>
    public StagedCopy Copy => _allocations.Copy;

    /// <summary>Frees everything, once the device no longer works on it.</summary>
    public void Dispose() => _allocations.Dispose();
}
