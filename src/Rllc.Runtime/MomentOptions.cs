namespace Rllc;

/// <summary>
/// Hyperparameters of Adam and AdamW. Defaults are those of torch.optim: c₁ = 0.001, and a gradient that is not finite is taken as it
/// is. Skipping it, as clipping, costs a pass over the gradient; β₁, β₂ and ε are declared, not chosen at run time.
/// </summary>
public record MomentOptions : TensorOptimizerOptions
{
    /// <summary>The defaults.</summary>
    public MomentOptions()
    {
        LearningRate = 1e-3;
        SkipNonFinite = false;
    }
}
