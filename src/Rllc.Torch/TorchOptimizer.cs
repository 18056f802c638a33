using System.ComponentModel;
using Rllc.Cuda;
using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// The TorchSharp host: an optimizer of parameters where they are, used as those of torch.optim. It has one linear memory M (n
/// parameters × k units, outside the managed heap) and one learning law L for all of them, learned along with the parameters (arXiv
/// 2402.15262). The generator derives from it the class of a [Propagator] declaration. Parameters are float32 (with master weights also
/// bfloat16 and float16), on the CPU or on a CUDA device, where M is then as well, and steps are queued on torch's default stream
/// without waiting; what reads the optimizer's state waits. docs/torchsharp.md describes its use. Instances are not thread-safe.
/// </summary>
/// <example><code>
/// [Propagator("M(0.9) ⊕ M(0)")]
/// public sealed partial class MomentumMix : TorchOptimizer;
///
/// using var optimizer = new MomentumMix(model.named_parameters(), new() { LearningRate = 0.03 });
/// optimizer.zero_grad();
/// loss.backward();
/// optimizer.step();
/// </code></example>
public abstract partial class TorchOptimizer : OptimizerHelper
{
    private readonly LawScope _lawScope;
    private readonly bool _masterWeights;
    private bool _hasMasters;
    private TrackedParameter[] _parameters = [];
    private LawParameters[] _laws = [];
    private TensorPlaces _places = new([]);
    private LawHosts? _hosts;
    private bool _isDisposed;

    /// <summary>An optimizer of parameter groups, with an empty memory.</summary>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="parameterGroups">The groups; those without a learning rate or weight decay get the options'.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentException">
    /// There are no parameters, one is given twice, no leaf, or does not hold contiguous numbers of a supported type; an option is out of range,
    /// or options contradict each other.
    /// </exception>
    /// <exception cref="NotSupportedException">The parameters are on a device that is neither the CPU nor one of CUDA, or its kernels do not support the memory or an option.</exception>
    /// <exception cref="InvalidOperationException">The parameters are on a CUDA device, and the assembly of the class embeds no kernels.</exception>
    /// <exception cref="CudaException">The driver refuses, or the device's memory is exhausted.</exception>
    protected TorchOptimizer(LinearMemory memory, IEnumerable<TorchSharp.Modules.ParamGroup> parameterGroups, TorchOptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(parameterGroups);
        ArgumentNullException.ThrowIfNull(options);
        if (!Enum.IsDefined(options.LawScope))
            throw new ArgumentOutOfRangeException(nameof(options), FormattableString.Invariant($"LawScope must be one of the named scopes, not {options.LawScope}."));
        LinearMemory = memory;
        (_lawScope, _masterWeights) = (options.LawScope, options.MasterWeights);
        _defaults = new GroupOptions { LearningRate = options.LearningRate, InitialLearningRate = options.LearningRate, WeightDecay = options.WeightDecay };
        _parameter_groups = [];
        try
        {
            Add([.. parameterGroups], options);
        }
        catch
        {
            _hosts?.Dispose();
            throw;
        }
    }

    /// <summary>An optimizer of one group of parameters, with an empty memory.</summary>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="parameters">The parameters, as module.parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchOptimizer(LinearMemory, IEnumerable{TorchSharp.Modules.ParamGroup}, TorchOptimizerOptions)"/>
    protected TorchOptimizer(LinearMemory memory, IEnumerable<Parameter> parameters, TorchOptimizerOptions options)
        : this(memory, [new ParamGroup(parameters)], options)
    {
    }

    /// <summary>An optimizer of one group of parameters with names, with an empty memory.</summary>
    /// <param name="memory">B and a, which the kernels implement.</param>
    /// <param name="parameters">The parameters, as module.named_parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchOptimizer(LinearMemory, IEnumerable{TorchSharp.Modules.ParamGroup}, TorchOptimizerOptions)"/>
    protected TorchOptimizer(LinearMemory memory, IEnumerable<(string name, Parameter parameter)> parameters, TorchOptimizerOptions options)
        : this(memory, [new ParamGroup(parameters)], options)
    {
    }

    /// <summary>B, a and what follows from them.</summary>
    public LinearMemory LinearMemory { get; }

    /// <summary>Number of steps applied so far; skipped ones do not count. Of the first law, where there are several.</summary>
    public long StepCount => _laws[0].Host.StepCount;

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => _laws[0].Host.LawLearningRate;
        set
        {
            foreach (var law in _laws)
                law.Host.LawLearningRate = value;
        }
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _laws[0].Host.LossScale;
        set
        {
            foreach (var law in _laws)
                law.Host.LossScale = value;
        }
    }

    /// <summary>Whether a step whose gradient is not finite is skipped.</summary>
    internal bool SkipsNonFinite => _laws[0].Host.CurrentOptions.SkipNonFinite;

    /// <summary>Whether the gradient is ascended.</summary>
    internal bool Maximizes => _laws[0].Host.CurrentOptions.Maximize;

    /// <summary>How many learning laws there are: one, unless <see cref="TorchOptimizerOptions.LawScope"/> says otherwise.</summary>
    public int LawCount => _laws.Length;

    /// <summary>L, one coefficient per memory unit: on the CPU a view of the optimizer's own, until the next load or added group; from CUDA a copy.</summary>
    /// <param name="law">Which law: 0, or with a law for each the number of the group or parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such law.</exception>
    public ReadOnlySpan<double> LawCoefficients(int law = 0) => LawAt(law).Host.LawCoefficients;

    /// <summary>G = MᵀM, k×k, as a law sees it: of the scaled, clipped gradients in the memory.</summary>
    /// <param name="law">Which law: 0, or with a law for each the number of the group or parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such law.</exception>
    /// <exception cref="InvalidOperationException">The law is fixed: no Gram matrix is computed.</exception>
    public SquareMatrix Gram(int law = 0) => LawAt(law).Host.Gram;

    /// <summary>
    /// Takes the parameters as they are for their float32 copies (<see cref="TorchOptimizerOptions.MasterWeights"/>): to be called after
    /// something else than the optimizer has changed them, such as module.load(…), which the next step would undo.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public void refresh_master_weights()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SetMasters(position => _parameters[position].Parameter);
    }

    /// <summary>Makes the generated optimizer of the CPU's host, for parameters that share a law.</summary>
    /// <param name="lengths">Their numbers of elements.</param>
    /// <param name="options">Hyperparameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Optimizer CreateOnCpu(ReadOnlySpan<long> lengths, OptimizerOptions options);

    /// <summary>Makes the optimizers of a device.</summary>
    /// <param name="device">The device of all parameters.</param>
    private protected virtual LawHosts NewHosts(torch.Device device) => device.type == DeviceType.CUDA
        ? new CudaHosts(new CudaDevice(device.index), LinearMemory, format => EmbeddedPtx.Read(GetType(), format), PtxCache.Default, CreateOnCpu)
        : new CpuHosts(CreateOnCpu);

    private protected Optimizer CreateOnCpu(long[] lengths, OptimizerOptions options) => CreateOnCpu(lengths.AsSpan(), options);

    /// <summary>Frees the memory and ends the threads; the parameters are the module's.</summary>
    /// <param name="disposing">False where the garbage collector calls.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            DropLoad();
            foreach (var law in _laws)
                law.Host.Dispose();
            _hosts!.Dispose();
            foreach (var parameter in _parameters)
                parameter.Dispose();
            _state.Clear();
            _isDisposed = true;
        }
        base.Dispose(disposing);
    }

    private LawParameters LawAt(int law) => law >= 0 && law < _laws.Length
        ? _laws[law]
        : throw new ArgumentOutOfRangeException(nameof(law), FormattableString.Invariant($"The optimizer has the laws 0 to {_laws.Length - 1}, not {law}."));
}
