namespace Rllc.Cuda;

/// <summary>
/// Adam, AdamW, RMSprop or SGD on a GPU, with or without a buffer of critical momenta or gradients: m, v and the buffer are in the device's memory. It
/// computes what the CPU's <see cref="MomentOptimizer"/> does; whether a step is applied, the step counts of tensors and the entries of a
/// buffer are the device's own.
/// </summary>
public sealed partial class CudaMomentOptimizer : CudaTensorOptimizer
{
    private readonly MomentFormula _formula;
    private readonly StepKernels _kernels;
    private readonly StepMemory<MomentSettings, MomentArguments> _memory;
    private readonly MomentDeviceSettings _settings;
    private MomentOptions _options;

    /// <summary>Loads the kernels and allocates the memory, m = v = 0; waits until it is there. No stream may be under capture.</summary>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="formula">What the kernels implement.</param>
    /// <param name="ptx">The kernels, compiled for this formula and the options' memory format.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters; the number of threads has no meaning here.</param>
    /// <param name="cache">Where kernels compiled for the device are kept, or <see cref="PtxCache.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">The kernels are those of another formula, format or version.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    /// <exception cref="CudaException">The PTX does not compile or lacks a kernel, the device's memory is exhausted, or the driver refuses.</exception>
    public CudaMomentOptimizer(
        CudaDevice device, MomentFormula formula, ReadOnlySpan<byte> ptx, ReadOnlySpan<long> lengths, MomentOptions options, PtxCache cache)
        : this(device, formula, NewLayout(device, formula, lengths, options, cache), new(formula, options, lengths.Length), ptx, options, cache)
    {
    }

    private CudaMomentOptimizer(
        CudaDevice device, MomentFormula formula, TensorLayout layout, MomentDeviceSettings settings, ReadOnlySpan<byte> ptx, MomentOptions options, PtxCache cache)
        : base(layout, settings)
    {
        (_formula, _settings, _options) = (formula, settings, options);
        StepPtx.Check(ptx, formula, layout.Format);
        _kernels = new(device, ptx, StepPtx.MomentEntries, layout, cache);
        try
        {
            _memory = new(device, layout, (allocations, table, elements) => MomentArguments.Fill(allocations, layout, formula, table, elements));
        }
        catch
        {
            _kernels.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    private protected override DeviceView<byte> M => _memory.Arguments.Elements.M;

    /// <inheritdoc/>
    private protected override DeviceView<StepFactors> Outcome => _memory.Arguments.Outcome;

    /// <inheritdoc/>
    private protected override StagedCopy Copy => _memory.Copy;

    /// <inheritdoc/>
    private protected override (long Applied, long Skipped) ReadCounts(CudaStream stream)
    {
        var counters = ReadOne(_memory.Arguments.Counters, stream);
        return (counters.Step, counters.Skipped);
    }

    /// <inheritdoc/>
    private protected override void Queue(DeviceTensors tensors, CudaStream stream)
    {
        var settings = _settings.For(tensors);
        _memory.Settings.Update(new ReadOnlySpan<MomentSettings>(in settings), stream);
        _memory.Tensors.Update(tensors.Entries, stream);
        _kernels.Launch(StepSequence.OfMoments(_settings.NeedsNorm), _memory.Arguments, stream);
    }

    /// <inheritdoc/>
    private protected override void Release()
    {
        _memory.Dispose();
        _kernels.Dispose();
    }

    /// <summary>The layout, once the arguments are found good: before anything is made of them.</summary>
    private static TensorLayout NewLayout(CudaDevice device, MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions options, PtxCache cache)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cache);
        formula.Validate();
        MomentOptimizer.Validate(options);
        return MomentDeviceSettings.LayOut(formula, lengths, options.MemoryFormat);
    }
}
