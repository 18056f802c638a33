namespace Rllc;

/// <summary>
/// Hyperparameters of an optimizer of TorchSharp's parameters. Learning rate and weight decay are those of groups that have none of
/// their own; all else is the optimizer's, one for all groups.
/// </summary>
public record TorchOptimizerOptions : OptimizerOptions
{
    /// <summary>Which parameters share a learning law; default <see cref="LawScope.Global"/>. It is the optimizer's for life.</summary>
    public LawScope LawScope { get; init; } = LawScope.Global;
}
