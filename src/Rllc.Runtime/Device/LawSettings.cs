namespace Rllc;

/// <summary>
/// What the law's kernels need of the options, kept on the device: a new learning rate is a write to it, not another launch.
/// Switches are 0 or 1, because a bool is no fixed number of bytes on a device.
/// </summary>
internal record struct LawSettings
{
    /// <summary>c₁, the highest of all tensors.</summary>
    public double LearningRate;

    /// <summary>c₂; 0 keeps the law fixed.</summary>
    public double LawLearningRate;

    /// <summary>ε, the strength of the relaxation.</summary>
    public double Epsilon;

    /// <summary>What gradients are divided by.</summary>
    public double LossScale;

    /// <summary>The 2-norm to which gradients are clipped; infinity for none.</summary>
    public double MaxGradientNorm;

    /// <summary>A <see cref="Rllc.Relaxation"/>.</summary>
    public int Relaxation;

    /// <summary>r: every r-th step corrects the law.</summary>
    public int LawInterval;

    /// <summary>Number of first steps during which the law stays L₀.</summary>
    public int HoldCorrections;

    /// <summary>G is computed from the memory every so many steps.</summary>
    public int GramInterval;

    /// <summary>Whether the gradient is ascended.</summary>
    public int Maximize;

    /// <summary>Whether a step that is not finite or leaves the range of float32 is skipped.</summary>
    public int SkipNonFinite;

    /// <summary>
    /// Whether a tensor has no gradient in the coming step: then the recurrence of G would count its memory, and G is computed
    /// from that of the others.
    /// </summary>
    public int SomeHaveNoGradient;

    /// <summary>The settings that some options mean.</summary>
    /// <param name="options">Validated options.</param>
    /// <exception cref="NotSupportedException">The relaxation is the pseudo-inverse.</exception>
    public static LawSettings From(OptimizerOptions options)
    {
        if (options.Relaxation == Rllc.Relaxation.PseudoInverse)
            throw new NotSupportedException(
                "The pseudo-inverse needs eigenvectors, which are not computed on a GPU: choose the relaxation Invariant, Trace or Absolute.");
        return new()
        {
            LearningRate = options.LearningRate,
            LawLearningRate = options.LawLearningRate,
            Epsilon = options.Epsilon,
            LossScale = options.LossScale,
            MaxGradientNorm = options.MaxGradientNorm,
            Relaxation = (int)options.Relaxation,
            LawInterval = options.LawInterval,
            HoldCorrections = options.HoldCorrections,
            GramInterval = LawState.RefreshInterval(options.MemoryFormat),
            Maximize = options.Maximize ? 1 : 0,
            SkipNonFinite = options.SkipNonFinite ? 1 : 0,
        };
    }
}
