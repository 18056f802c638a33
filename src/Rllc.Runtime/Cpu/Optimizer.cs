using System.ComponentModel;

namespace Rllc;

/// <summary>
/// The CPU host: an optimizer over flat spans or several tensors, with a memory M (n parameters × k units, outside the
/// managed heap) and one learning law L for all of them, learned along with the parameters (arXiv 2402.15262). The generator
/// derives from it the class of a [Propagator], [LinearMemory] or [MemoryRule] declaration and emits its kernels. Instances are not thread-safe; concurrent use
/// is refused.
/// </summary>
/// <remarks>
/// A step is c = Mᵀg, γ = g·g; L ← L + c₂·G⁺c; M ← MB + gaᵀ; θ ← (1 − c₁·decay)·θ − c₁·ML. With exact timing a step of a gradient
/// (without loss scale, clipped) of a norm above 10¹⁵ is skipped, and so is one that could change a parameter by more than 10³⁸ or
/// leave a memory of a square sum above that. Whatever the gradient, a parameter within ±10³⁸ is therefore finite after the step,
/// as long as c₁·decay ≤ 2. With a fixed law there are no c and L ← L + c₂·G⁺c, and γ only where the gradient is to be clipped or
/// may be skipped.
/// </remarks>
/// <example><code>
/// [Propagator("M(0.9) ⊕ M(0)")]
/// public sealed partial class MomentumMix;
///
/// using var optimizer = new MomentumMix(parameters.Length, new() { LearningRate = 0.03 });
/// optimizer.Step(parameters, gradient);
/// </code></example>
public abstract partial class Optimizer : TensorOptimizer
{
    private readonly int _stateCount;
    private LawState _law;

    /// <summary>An optimizer of one tensor; allocates the memory, M = 0.</summary>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
    /// <param name="length">n, the number of parameters; at least 0.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than 2⁴⁰, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Options contradict each other or the memory.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Optimizer(MemoryRule memory, long length, OptimizerOptions options) : this(memory, new ReadOnlySpan<long>(in length), options)
    {
    }

    /// <summary>An optimizer of several tensors; allocates the memory, M = 0.</summary>
    /// <param name="memory">What the kernels implement: B and a of a linear memory, or a rule.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Options contradict each other or the memory.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Optimizer(MemoryRule memory, ReadOnlySpan<long> lengths, OptimizerOptions options) : base(StateCount(memory, options), lengths, options)
    {
        Memory = memory;
        _stateCount = memory.StateNames.Length;
        _law = LawState.Of(memory, options);
        _passes = NewPasses(options.MemoryFormat);
        _gram = new double[memory.UnitCount * memory.UnitCount];
        _sums = new double[memory.UnitCount + 1 + ExactGram.PairCount(memory.UnitCount)];
        _partials = new double[ChunkCount * _sums.Length];
    }

    /// <summary>The memory: a <see cref="Rllc.LinearMemory"/>, or one that a method updates.</summary>
    public MemoryRule Memory { get; }

    /// <summary>B, a and what follows from them.</summary>
    /// <exception cref="InvalidOperationException">The memory is updated by a method, and is not linear.</exception>
    public LinearMemory LinearMemory => Memory.AsLinear();

    /// <inheritdoc/>
    public sealed override long StepCount => _law.Step;

    /// <inheritdoc cref="OptimizerOptions.LawLearningRate"/>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or not 0 though the law is fixed.</exception>
    public double LawLearningRate
    {
        get => CurrentOptions.LawLearningRate;
        set
        {
            CommonOptions = CurrentOptions with { LawLearningRate = OptimizerOptionsValidation.LawLearningRate(value, CurrentOptions.FixedLaw is not null) };
            _law.LawLearningRate = value;
        }
    }

    /// <summary>L, one coefficient per memory unit: a view of the optimizer's own, until the next load.</summary>
    public ReadOnlySpan<double> LawCoefficients => _law.L;

    /// <summary>
    /// G = MᵀM, k×k, as the law sees it: of the scaled, clipped gradients in the memory. Of a memory that is not linear it is that of before
    /// the last step.
    /// </summary>
    /// <exception cref="InvalidOperationException">The law is fixed: it has no use for G, which is not computed.</exception>
    public SquareMatrix Gram => CurrentOptions.FixedLaw is null
        ? SquareMatrix.FromRowMajor(Memory.UnitCount, _law.G)
        : throw new InvalidOperationException("The law is fixed: no Gram matrix is computed.");

    /// <summary>The options in force.</summary>
    internal OptimizerOptions CurrentOptions => (OptimizerOptions)CommonOptions;

    /// <summary>How many numbers are kept, once the arguments are found good: before anything is allocated for them.</summary>
    private static int StateCount(MemoryRule memory, OptimizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(memory);
        return memory.StateNames.Length;
    }
}
