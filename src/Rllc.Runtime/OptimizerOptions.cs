namespace Rllc;

/// <summary>Hyperparameters of an optimizer. Defaults are those of the paper (arXiv 2402.15262, section A.5).</summary>
public record OptimizerOptions
{
    /// <summary>c₁, the factor of the learning step ML. At least 0; default 0.03.</summary>
    public double LearningRate { get; init; } = 0.03;

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

    /// <summary>Decoupled weight decay: θ ← (1 − c₁·decay)·θ before the learning step. At least 0; default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether to ascend the gradient instead of descending it; default false.</summary>
    public bool Maximize { get; init; }

    /// <summary>The gradient is scaled down to this 2-norm where it exceeds it. Above 0; default infinity (no clipping).</summary>
    public double MaxGradientNorm { get; init; } = double.PositiveInfinity;

    /// <summary>What the loss was multiplied with before the backward pass; gradients are divided by it. Above 0; default 1.</summary>
    public double LossScale { get; init; } = 1;

    /// <summary>
    /// Whether a step whose gradient is not finite, or that would leave the range of float32, is skipped with nothing written;
    /// default true. Delayed timing learns the gradient's norm only while it writes: there this must be set to false. With a
    /// fixed law it costs a pass over the gradient, so that the default is false there; what is skipped then is a gradient that
    /// is not finite or of a norm above 10¹⁵.
    /// </summary>
    public bool SkipNonFinite { get; init; } = true;

    /// <summary>What M is kept in; default <see cref="MemoryFormat.Float32"/>. It is the optimizer's for life.</summary>
    public MemoryFormat MemoryFormat { get; init; } = MemoryFormat.Float32;

    /// <summary>Number of threads; 0 (default) is one per processor as far as the work is worth it. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// L, one coefficient per memory unit, of an optimizer that is declared with <see cref="FixedLawAttribute"/>; null where the law
    /// learns. The declared optimizer's own options set it, and nobody else.
    /// </summary>
    protected internal double[]? FixedLaw { get; init; }

    /// <summary>Whether the gradient's norm must be known before anything is written.</summary>
    internal bool NeedsNorm => SkipNonFinite || !double.IsPositiveInfinity(MaxGradientNorm);

    /// <summary>
    /// What a gradient of this norm is multiplied with: min(1, max/(norm + 1e-6)), finite for a zero gradient too, as in
    /// torch.nn.utils.clip_grad_norm_.
    /// </summary>
    internal double ClipFactor(double norm) => double.IsPositiveInfinity(MaxGradientNorm) ? 1 : Math.Min(1, MaxGradientNorm / (norm + 1e-6));
}
