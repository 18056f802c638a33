using System.ComponentModel;

namespace Rllc;

/// <summary>Hyperparameters of an optimizer with a linear memory. Defaults are those of the paper (arXiv 2402.15262, section A.5).</summary>
public record OptimizerOptions : TensorOptimizerOptions
{
    /// <summary>c₂, the factor of the law's correction. At least 0; 0 keeps the law fixed; default 0.003.</summary>
    public double LawLearningRate { get; init; } = 0.003;

    /// <summary>L₀, one finite coefficient per memory unit, not all 0; null (default) is the first unit vector.</summary>
    public double[]? InitialLaw { get; init; }

    /// <summary>How the inverse of the Gram matrix is kept bounded; default <see cref="Relaxation.Invariant"/>.</summary>
    public Relaxation Relaxation { get; init; } = Relaxation.Invariant;

    /// <summary>ε, the strength of the relaxation. Above 0; default 1e-6.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>When a correction takes effect; default <see cref="LawTiming.Exact"/>.</summary>
    public LawTiming Timing { get; init; } = LawTiming.Exact;

    /// <summary>r: the law is corrected every r-th step, with c₂·r. At least 1; default 1.</summary>
    public int LawInterval { get; init; } = 1;

    /// <summary>Number of first steps during which the law stays L₀. At least 0; default 0.</summary>
    public int HoldCorrections { get; init; }

    /// <summary>
    /// L, one coefficient per memory unit, of an optimizer that is declared with <see cref="FixedLawAttribute"/>; null where the law
    /// learns. The declared optimizer's own options set it, and nobody else.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal double[]? FixedLaw { get; init; }
}
