using System.ComponentModel;

namespace Rllc;

/// <summary>
/// Adam, AdamW, RMSprop or SGD over flat spans or several tensors on the CPU: a step reads m, v, θ and g once and writes m, v and θ, 7
/// floats for each parameter, fewer where there is no m or no v. The generator derives from it the class of an [Adam], [AdamW], [RmsProp] or [Sgd] declaration
/// and emits its kernel. Each tensor
/// counts its own steps for the bias corrections, as in torch: one without a gradient counts none. With [CriticalMomenta] or
/// [CriticalGradients] the memory also has a buffer of entries of earlier steps and their sum, and a step passes over the gradient
/// once more, for its norm. Instances are not thread-safe; concurrent use is refused.
/// </summary>
/// <example><code>
/// [Adam]
/// public sealed partial class MyAdam;
///
/// using var optimizer = new MyAdam(parameters.Length, new() { LearningRate = 0.001 });
/// optimizer.Step(parameters, gradient);
/// </code></example>
public abstract partial class MomentOptimizer : TensorOptimizer
{
    /// <summary>
    /// What m and v can be kept in. To the nearest of 8 bits, v would not change by less than 1/512 of itself, and 1 − β₂ is 1/1000.
    /// </summary>
    internal static readonly IReadOnlyList<MemoryFormat> Formats = [MemoryFormat.Float32, MemoryFormat.BFloat16Stochastic];

    private readonly MomentFormula _formula;
    private readonly ChunkWork _pass;

    /// <summary>An optimizer of one tensor; allocates the memory, m = v = 0.</summary>
    /// <param name="formula">What the kernel implements.</param>
    /// <param name="length">n, the number of parameters; at least 0.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than 2⁴⁰, or an option is out of range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MomentOptimizer(MomentFormula formula, long length, MomentOptions options) : this(formula, new ReadOnlySpan<long>(in length), options)
    {
    }

    /// <summary>An optimizer of several tensors; allocates the memory, m = v = 0.</summary>
    /// <param name="formula">What the kernel implements.</param>
    /// <param name="lengths">The tensors' numbers of parameters, each at least 0.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, they are more than 2⁴⁰ together, or an option is out of range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MomentOptimizer(MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions options) : base(UnitCount(formula, options), lengths, options)
    {
        _formula = formula;
        _pass = NewPass(options.MemoryFormat);
        _steps = new long[lengths.Length];
        _keys = new CriticalKeys(lengths.Length, formula.Capacity, formula.Decay);
        _coefficients = new MomentCoefficients[lengths.Length];
    }

    /// <summary>The number of units, once the arguments are found good: before anything is allocated for them.</summary>
    private static int UnitCount(MomentFormula formula, MomentOptions options)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(options);
        formula.Validate();
        Validate(options);
        return formula.UnitCount;
    }

    /// <summary>Refuses options without a meaning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal static void Validate(MomentOptions options)
    {
        options.ValidateCommon();
        if (!Formats.Contains(options.MemoryFormat))
            throw OptimizerOptionsValidation.OutOfRange(nameof(options.MemoryFormat), options.MemoryFormat, "Float32 or BFloat16Stochastic");
    }
}
