namespace Rllc;

/// <summary>Hyperparameters that every optimizer has.</summary>
public abstract record TensorOptimizerOptions
{
    /// <summary>c₁, the factor of the learning step. At least 0; default 0.03, of Adam 0.001.</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>
    /// Weight decay, decoupled: θ ← (1 − c₁·decay)·θ before the learning step. Of <see cref="AdamAttribute"/>, as in torch, decay·θ is
    /// added to the gradient instead. At least 0; default 0, of <see cref="AdamWAttribute"/> 0.01.
    /// </summary>
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
    /// fixed law and for Adam it costs a pass over the gradient, so that the default is false there; what is skipped then is a
    /// gradient that is not finite or of a norm above 10¹⁵.
    /// </summary>
    public bool SkipNonFinite { get; init; } = true;

    /// <summary>What M is kept in; default <see cref="MemoryFormat.Float32"/>. It is the optimizer's for life.</summary>
    public MemoryFormat MemoryFormat { get; init; } = MemoryFormat.Float32;

    /// <summary>Number of threads; 0 (default) is one per processor as far as the work is worth it. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether the gradient's norm must be known before anything is written.</summary>
    internal bool NeedsNorm => SkipNonFinite || !double.IsPositiveInfinity(MaxGradientNorm);

    /// <summary>
    /// What a gradient of this norm is multiplied with: min(1, max/(norm + 1e-6)), finite for a zero gradient too, as in
    /// torch.nn.utils.clip_grad_norm_.
    /// </summary>
    internal double ClipFactor(double norm) => double.IsPositiveInfinity(MaxGradientNorm) ? 1 : Math.Min(1, MaxGradientNorm / (norm + 1e-6));
}
