namespace Rllc.Cuda;

/// <summary>
/// What every optimizer on a GPU has in common, whatever it steps by: what is kept for the parameters is in the device's memory, and a
/// step updates tensors there, given by their addresses in the device's primary context, such as torch's. A step is queued on the
/// caller's stream like any other work, without waiting; what reads or writes the optimizer's state from the host waits for the device
/// and says so. <see cref="CudaOptimizer"/> steps by a linear memory and its law, <see cref="CudaMomentOptimizer"/> by the formula of Adam.
/// <para>
/// All of an optimizer's calls belong on one stream, or on streams that the caller keeps in that order. Instances are not
/// thread-safe; concurrent use is refused. It may be disposed before or after its device.
/// </para>
/// </summary>
public abstract partial class CudaTensorOptimizer : IDisposable
{
    private readonly TensorLayout _layout;
    private readonly TensorSettings _settings;
    private readonly DeviceTensors _tensors;
    private ExclusiveUse _use;
    private bool _isDisposed;

    private protected CudaTensorOptimizer(TensorLayout layout, TensorSettings settings)
    {
        (_layout, _settings) = (layout, settings);
        _tensors = new(layout.Lengths);
    }

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

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <remarks>A new value goes to the device with the next step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _settings.LossScale;
        set => _settings.LossScale = value;
    }

    /// <inheritdoc cref="TensorSettings.SetGroups"/>
    internal void SetGroups(ReadOnlySpan<int> groupOfTensor, int count) => _settings.SetGroups(groupOfTensor, count);

    /// <summary>Sets what a group's tensors are moved with, from the next step on.</summary>
    /// <inheritdoc cref="TensorRates.Set"/>
    internal void SetRates(int group, double learningRate, double weightDecay) => _settings.Rates.Set(group, learningRate, weightDecay);

    /// <summary>Frees what is on the device and unloads the kernels; waits for the device's work on them.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            using var use = Enter();
            _isDisposed = true;
            Release();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>The options in force.</summary>
    internal abstract TensorOptimizerOptions CommonOptions { get; }

    /// <summary>Where the tensors were in the last step.</summary>
    private protected ReadOnlySpan<DeviceTensor> Tensors => _tensors.Entries;

    /// <summary>M on the device.</summary>
    private protected abstract DeviceView<byte> M { get; }

    /// <summary>What the last step found, on the device.</summary>
    private protected abstract DeviceView<StepFactors> Outcome { get; }

    /// <summary>The way to the host and back.</summary>
    private protected abstract StagedCopy Copy { get; }

    /// <summary>Frees what is on the device.</summary>
    private protected abstract void Release();

    private protected ExclusiveUse.Use Enter()
    {
        var use = ExclusiveUse.Enter(ref _use);
        if (!_isDisposed)
            return use;
        use.Dispose();
        throw new ObjectDisposedException(GetType().FullName);
    }
}
