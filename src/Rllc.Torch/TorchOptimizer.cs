using System.ComponentModel;
using TorchSharp.Modules;

namespace Rllc;

/// <summary>
/// The TorchSharp host: an optimizer of parameters where they are, used as those of torch.optim. It has one linear memory M (n
/// parameters × k units, outside the managed heap) and one learning law L for all of them, learned along with the parameters (arXiv
/// 2402.15262). The generator derives from it the class of a [Propagator] declaration. Parameters are float32, on the CPU.
/// docs/torchsharp.md describes its use. Instances are not thread-safe.
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
    private TrackedParameter[] _parameters = [];
    private LawParameters[] _laws = [];
    private TensorPlaces _places = new([]);
    private bool _isDisposed;

    /// <summary>An optimizer of parameter groups, with an empty memory.</summary>
    /// <param name="parameterGroups">The groups; those without a learning rate or weight decay get the options'.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentException">
    /// There are no parameters, one is given twice, no leaf, or does not hold contiguous float32 numbers; an option is out of range,
    /// or options contradict each other.
    /// </exception>
    /// <exception cref="NotSupportedException">The parameters are not on the CPU.</exception>
    protected TorchOptimizer(IEnumerable<TorchSharp.Modules.ParamGroup> parameterGroups, TorchOptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameterGroups);
        ArgumentNullException.ThrowIfNull(options);
        if (!Enum.IsDefined(options.LawScope))
            throw new ArgumentOutOfRangeException(nameof(options), FormattableString.Invariant($"LawScope must be one of the named scopes, not {options.LawScope}."));
        _lawScope = options.LawScope;
        _defaults = new GroupOptions { LearningRate = options.LearningRate, InitialLearningRate = options.LearningRate, WeightDecay = options.WeightDecay };
        _parameter_groups = [];
        Add([.. parameterGroups], options);
    }

    /// <summary>An optimizer of one group of parameters, with an empty memory.</summary>
    /// <param name="parameters">The parameters, as module.parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchOptimizer(IEnumerable{TorchSharp.Modules.ParamGroup}, TorchOptimizerOptions)"/>
    protected TorchOptimizer(IEnumerable<Parameter> parameters, TorchOptimizerOptions options)
        : this([new ParamGroup(parameters)], options)
    {
    }

    /// <summary>An optimizer of one group of parameters with names, with an empty memory.</summary>
    /// <param name="parameters">The parameters, as module.named_parameters() gives them.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <inheritdoc cref="TorchOptimizer(IEnumerable{TorchSharp.Modules.ParamGroup}, TorchOptimizerOptions)"/>
    protected TorchOptimizer(IEnumerable<(string name, Parameter parameter)> parameters, TorchOptimizerOptions options)
        : this([new ParamGroup(parameters)], options)
    {
    }

    /// <summary>B, a and what follows from them.</summary>
    public LinearMemory LinearMemory => _laws[0].Optimizer.LinearMemory;

    /// <summary>Number of steps applied so far; skipped ones do not count. Of the first law, where there are several.</summary>
    public long StepCount => _laws[0].Optimizer.StepCount;

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LawLearningRate
    {
        get => _laws[0].Optimizer.LawLearningRate;
        set
        {
            foreach (var law in _laws)
                law.Optimizer.LawLearningRate = value;
        }
    }

    /// <inheritdoc cref="TensorOptimizerOptions.LossScale"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double LossScale
    {
        get => _laws[0].Optimizer.LossScale;
        set
        {
            foreach (var law in _laws)
                law.Optimizer.LossScale = value;
        }
    }

    /// <summary>Whether a step whose gradient is not finite is skipped.</summary>
    internal bool SkipsNonFinite => _laws[0].Optimizer.CurrentOptions.SkipNonFinite;

    /// <summary>How many learning laws there are: one, unless <see cref="TorchOptimizerOptions.LawScope"/> says otherwise.</summary>
    public int LawCount => _laws.Length;

    /// <summary>L, one coefficient per memory unit: a view of the optimizer's own, until the next load or added group.</summary>
    /// <param name="law">Which law: 0, or with a law for each the number of the group or parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such law.</exception>
    public ReadOnlySpan<double> LawCoefficients(int law = 0) => LawAt(law).Optimizer.LawCoefficients;

    /// <summary>G = MᵀM, k×k, as a law sees it: of the scaled, clipped gradients in the memory.</summary>
    /// <param name="law">Which law: 0, or with a law for each the number of the group or parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such law.</exception>
    public SquareMatrix Gram(int law = 0) => LawAt(law).Optimizer.Gram;

    /// <summary>Makes the generated optimizer of the CPU's host, for parameters that share a law.</summary>
    /// <param name="lengths">Their numbers of elements.</param>
    /// <param name="options">Hyperparameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Optimizer CreateOnCpu(ReadOnlySpan<long> lengths, OptimizerOptions options);

    /// <summary>Frees the memory and ends the threads; the parameters are the module's.</summary>
    /// <param name="disposing">False where the garbage collector calls.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            DropLoad();
            foreach (var law in _laws)
                law.Optimizer.Dispose();
            _state.Clear();
            _isDisposed = true;
        }
        base.Dispose(disposing);
    }

    private LawParameters LawAt(int law) => law >= 0 && law < _laws.Length
        ? _laws[law]
        : throw new ArgumentOutOfRangeException(nameof(law), FormattableString.Invariant($"The optimizer has the laws 0 to {_laws.Length - 1}, not {law}."));
}
