namespace Rllc;

/// <summary>
/// Hyperparameters of an optimizer of TorchSharp's parameters. Learning rate and weight decay are those of groups that have none of
/// their own; all else is the optimizer's, one for all groups.
/// </summary>
public record TorchOptimizerOptions : OptimizerOptions
{
    /// <summary>Which parameters share a learning law; default <see cref="LawScope.Global"/>. It is the optimizer's for life.</summary>
    public LawScope LawScope { get; init; } = LawScope.Global;

    /// <summary>
    /// Whether parameters in bfloat16 or float16 are taken. Each then has a copy in float32 that steps are taken on, so that changes too
    /// small for the parameter's own format add up; after a step the copy is rounded to the parameter. Costs 8 bytes per such parameter,
    /// for the copy and its gradient. Default false: such parameters are refused.
    /// </summary>
    public bool MasterWeights { get; init; }
}
