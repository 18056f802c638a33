namespace Rllc.Cuda;

/// <summary>
/// An optimizer on a GPU: M and the law (arXiv 2402.15262) are in the device's memory, and a step updates tensors there, given by
/// their addresses in the device's primary context, such as torch's. It computes what the CPU's <see cref="Optimizer"/> does. A
/// step is queued on the caller's stream like any other work, without waiting; what reads or writes the optimizer's state from the
/// host waits for the device and says so.
/// <para>
/// All of an optimizer's calls belong on one stream, or on streams that the caller keeps in that order. Instances are not
/// thread-safe; concurrent use is refused. It may be disposed before or after its device.
/// </para>
/// </summary>
public sealed partial class CudaOptimizer : IDisposable
{
    private readonly DeviceLayout _layout;
    private readonly StepKernels _kernels;
    private readonly StepMemory _memory;
    private readonly DeviceTensors _tensors;
    private readonly double[] _reportedLaw;
    private readonly DeviceSettings _settings;
    private OptimizerOptions _options;
    private ExclusiveUse _use;
    private bool _isDisposed;

    /// <summary>Loads the kernels and allocates the memory, M = 0; waits until it is there. No stream may be under capture.</summary>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="ptx">The kernels, compiled for this memory and the options' memory format.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters; the number of threads has no meaning here.</param>
    /// <param name="cache">Where kernels compiled for the device are kept, or <see cref="PtxCache.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// Options contradict each other or the memory, or the kernels are those of another memory, format or version.
    /// </exception>
    /// <exception cref="NotSupportedException">The memory has more units than kernels have room for, or the relaxation is the pseudo-inverse.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The PTX does not compile or lacks a kernel, the device's memory is exhausted, or the driver refuses.</exception>
    public CudaOptimizer(
        CudaDevice device, LinearMemory memory, ReadOnlySpan<byte> ptx, ReadOnlySpan<long> lengths, OptimizerOptions options, PtxCache cache)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cache);
        options.Validate(memory.UnitCount);
        _options = options;
        _settings = new(options, lengths.Length);
        _layout = new(memory, lengths, options.MemoryFormat);
        _tensors = new(lengths);
        _reportedLaw = new double[memory.UnitCount];
        _kernels = new(device, _layout, ptx, cache);
        try
        {
            _memory = new(device, _layout, new LawStart(_layout, options));
        }
        catch
        {
            _kernels.Dispose();
            throw;
        }
    }

    /// <summary>B, a and what follows from them.</summary>
    public LinearMemory LinearMemory => _layout.LinearMemory;

    /// <summary>n, the number of parameters of all tensors.</summary>
    public long Length => _layout.Length;

    /// <summary>The tensors' numbers of parameters.</summary>
    public ReadOnlySpan<long> Lengths => _layout.Lengths;

    /// <inheritdoc cref="TensorOptimizerOptions.MemoryFormat"/>
    public MemoryFormat MemoryFormat => _layout.Format;

    /// <inheritdoc cref="TensorOptimizerOptions.LearningRate"/>
    /// <remarks>A new value goes to the device with the next step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _settings.LearningRate;
        set => _settings.LearningRate = value;
    }

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <remarks>A new value goes to the device with the next step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = value;
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <remarks>A new value goes to the device with the next step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _settings.LossScale;
        set => _settings.LossScale = value;
    }

    /// <summary>What the optimizer takes up on the device, and what a step costs there. Nothing waits for the device.</summary>
    public DeviceFootprint Footprint => DeviceFootprint.Of(_layout, _options.KindOfStep(), _tensors.Entries);

    /// <inheritdoc cref="TensorSettings.SetGroups"/>
    internal void SetGroups(ReadOnlySpan<int> groupOfTensor, int count) => _settings.SetGroups(groupOfTensor, count);

    /// <summary>Sets what a group's tensors are moved with, from the next step on.</summary>
    /// <inheritdoc cref="TensorRates.Set"/>
    internal void SetRates(int group, double learningRate, double weightDecay) => _settings.Rates.Set(group, learningRate, weightDecay);

    /// <summary>Frees M and the law and unloads the kernels; waits for the device's work on them.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        using var use = Enter();
        _isDisposed = true;
        _memory.Dispose();
        _kernels.Dispose();
    }

    private ExclusiveUse.Use Enter()
    {
        var use = ExclusiveUse.Enter(ref _use);
        if (!_isDisposed)
            return use;
        use.Dispose();
        throw new ObjectDisposedException(typeof(CudaOptimizer).FullName);
    }
}
