namespace Rllc.Cuda;

/// <summary>
/// An optimizer with a learning law on a GPU: M and the law (arXiv 2402.15262) are in the device's memory. It computes what the CPU's
/// <see cref="Optimizer"/> does.
/// </summary>
public sealed partial class CudaOptimizer : CudaTensorOptimizer
{
    private readonly DeviceLayout _layout;
    private readonly StepKernels _kernels;
    private readonly StepMemory<LawSettings, StepArguments> _memory;
    private readonly double[] _reportedLaw;
    private readonly DeviceSettings _settings;
    private OptimizerOptions _options;

    /// <summary>Loads the kernels and allocates the memory, M = 0; waits until it is there. No stream may be under capture.</summary>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
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
        CudaDevice device, MemoryRule memory, ReadOnlySpan<byte> ptx, ReadOnlySpan<long> lengths, OptimizerOptions options, PtxCache cache)
        : this(device, NewLayout(device, memory, lengths, options, cache), new DeviceSettings(options, lengths.Length), ptx, options, cache)
    {
    }

    private CudaOptimizer(CudaDevice device, DeviceLayout layout, DeviceSettings settings, ReadOnlySpan<byte> ptx, OptimizerOptions options, PtxCache cache)
        : base(layout, settings)
    {
        (_layout, _settings, _options) = (layout, settings, options);
        _reportedLaw = new double[layout.Memory.UnitCount];
        StepPtx.Check(ptx, layout.Memory, layout.Format);
        _kernels = new(device, ptx, StepPtx.Entries, layout, cache);
        try
        {
            _memory = new(device, layout, (allocations, table, elements) => StepArguments.Fill(allocations, layout, new LawStart(layout, options), table, elements));
        }
        catch
        {
            _kernels.Dispose();
            throw;
        }
    }

    /// <summary>The memory: a <see cref="Rllc.LinearMemory"/>, or one that a method updates.</summary>
    public MemoryRule Memory => _layout.Memory;

    /// <summary>B, a and what follows from them.</summary>
    /// <exception cref="InvalidOperationException">The memory is updated by a method, and is not linear.</exception>
    public LinearMemory LinearMemory => Memory.AsLinear();

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <remarks>A new value goes to the device with the next step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _settings.LawLearningRate;
        set => _settings.LawLearningRate = value;
    }

    /// <summary>What the optimizer takes up on the device, and what a step costs there. Nothing waits for the device.</summary>
    public DeviceFootprint Footprint => DeviceFootprint.Of(_layout, _options.KindOfStep(), Tensors);

    /// <inheritdoc/>
    private protected override DeviceView<byte> M => _memory.Arguments.Elements.M;

    /// <inheritdoc/>
    private protected override DeviceView<StepFactors> Outcome => _memory.Arguments.Law.Factors;

    /// <inheritdoc/>
    private protected override StagedCopy Copy => _memory.Copy;

    /// <inheritdoc/>
    private protected override void Queue(DeviceTensors tensors, CudaStream stream)
    {
        var settings = _settings.For(tensors);
        _memory.Settings.Update(new ReadOnlySpan<LawSettings>(in settings), stream);
        _memory.Tensors.Update(tensors.Entries, stream);
        _kernels.Launch(StepSequence.Of(_options.KindOfStep()), _memory.Arguments, stream);
    }

    /// <inheritdoc/>
    private protected override void Release()
    {
        _memory.Dispose();
        _kernels.Dispose();
    }

    /// <summary>The layout, once the arguments are found good: before anything is made of them.</summary>
    private static DeviceLayout NewLayout(CudaDevice device, MemoryRule memory, ReadOnlySpan<long> lengths, OptimizerOptions options, PtxCache cache)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cache);
        options.Validate(memory);
        return new(memory, lengths, options.MemoryFormat);
    }
}
