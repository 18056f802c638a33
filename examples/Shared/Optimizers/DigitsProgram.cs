namespace Shared.Optimizers;

/// <summary>What a program that trains the paper's dense network has of its own.</summary>
/// <param name="Summary">What it does, in one sentence.</param>
/// <param name="Directory">Where its runs go by default.</param>
/// <param name="ThreadsMatter">What the results owe to the number of threads, in one sentence.</param>
/// <param name="Optimizers">What it trains with, the default first.</param>
internal sealed record DigitsProgram(string Summary, string Directory, string ThreadsMatter, IReadOnlyList<OptimizerChoice> Optimizers)
{
    /// <summary>The optimizer of a name in any case, or null.</summary>
    public OptimizerChoice? Find(string name) => OptimizerChoice.Find(Optimizers, name);
}
