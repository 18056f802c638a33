using TorchSharp;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// What every optimizer of TorchSharp's parameters has in common, whatever it steps by: parameters where they are, groups with rates of
/// their own, float32 copies of narrower parameters, states and checkpoints. Parameters are float32 (with master weights also bfloat16
/// and float16), on the CPU or on a CUDA device, where the memory is then as well, and steps are queued on torch's default stream
/// without waiting; what reads the optimizer's state waits. <see cref="TorchOptimizer"/> steps by a linear memory and its law,
/// <see cref="TorchMomentOptimizer"/> by the formula of Adam. docs/torchsharp.md describes their use. Instances are not thread-safe.
/// </summary>
public abstract partial class TorchTensorOptimizer : OptimizerHelper
{
    private bool _masterWeights;
    private bool _hasMasters;
    private TrackedParameter[] _parameters = [];
    private ParameterPart[] _parts = [];
    private TensorPlaces _places = new([]);
    private TensorHosts? _hosts;
    private bool _isDisposed;

    private protected TorchTensorOptimizer() => _parameter_groups = [];

    /// <summary>Adds the first groups, with an empty memory. A constructor calls it last, for it calls what derived classes override.</summary>
    /// <param name="parameterGroups">The groups; those without a learning rate or weight decay get the options'.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="masterWeights">Whether parameters in bfloat16 or float16 are taken.</param>
    private protected void Begin(IEnumerable<TorchSharp.Modules.ParamGroup> parameterGroups, TensorOptimizerOptions options, bool masterWeights)
    {
        _masterWeights = masterWeights;
        _defaults = new GroupOptions { LearningRate = options.LearningRate, InitialLearningRate = options.LearningRate, WeightDecay = options.WeightDecay };
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

    /// <summary>Number of steps applied so far; skipped ones do not count. Of the first law, where there are several.</summary>
    public long StepCount => _parts[0].Host.StepCount;

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _parts[0].Host.LossScale;
        set
        {
            foreach (var part in _parts)
                part.Host.LossScale = value;
        }
    }

    /// <summary>Whether a step whose gradient is not finite is skipped.</summary>
    internal bool SkipsNonFinite => _parts[0].Host.CurrentOptions.SkipNonFinite;

    /// <summary>Whether the gradient is ascended.</summary>
    internal bool Maximizes => _parts[0].Host.CurrentOptions.Maximize;

    /// <summary>Numbers that are kept for each parameter.</summary>
    internal abstract int UnitCount { get; }

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

    /// <summary>Which parameters one optimizer of the host steps together.</summary>
    private protected virtual LawScope Scope => LawScope.Global;

    /// <summary>The optimizers of all parts.</summary>
    private protected ReadOnlySpan<ParameterPart> Parts => _parts;

    /// <summary>Makes the optimizers of a device.</summary>
    /// <param name="device">The device of all parameters.</param>
    private protected abstract TensorHosts NewHosts(torch.Device device);

    /// <summary>Makes the generated optimizer of the CPU's host, with an empty memory.</summary>
    /// <param name="lengths">The numbers of elements of the parameters that it steps.</param>
    /// <param name="options">Hyperparameters, of the type that this optimizer was made with.</param>
    private protected abstract TensorOptimizer NewOnCpu(long[] lengths, TensorOptimizerOptions options);

    /// <summary>What tells this optimizer from one of the same class in what it steps by; null where they step by the same.</summary>
    private protected abstract string? DifferenceFrom(TorchTensorOptimizer other);

    /// <summary>Whether what the parameters share of the state is that of another optimizer, to within what torch.allclose takes for equal.</summary>
    internal abstract bool SharesStateWith(TorchTensorOptimizer other);

    /// <summary>Frees the memory and ends the threads; the parameters are the module's.</summary>
    /// <param name="disposing">False where the garbage collector calls.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            DropLoad();
            foreach (var part in _parts)
                part.Host.Dispose();
            _hosts!.Dispose();
            foreach (var parameter in _parameters)
                parameter.Dispose();
            _state.Clear();
            _isDisposed = true;
        }
        base.Dispose(disposing);
    }
}
