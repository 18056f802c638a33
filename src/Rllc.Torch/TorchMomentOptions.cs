namespace Rllc;

/// <summary>
/// Hyperparameters of an Adam or AdamW of TorchSharp's parameters. Learning rate and weight decay are those of groups that have none of
/// their own; all else is the optimizer's, one for all groups.
/// </summary>
public record TorchMomentOptions : MomentOptions
{
    /// <inheritdoc cref="TorchOptimizerOptions.MasterWeights"/>
    public bool MasterWeights { get; init; }
}
