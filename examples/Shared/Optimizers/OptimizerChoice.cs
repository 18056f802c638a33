using Shared.Learning;

namespace Shared.Optimizers;

/// <summary>An optimizer that a run can choose.</summary>
/// <param name="Name">What --optimizer calls it.</param>
/// <param name="Description">Its spec or formula.</param>
/// <param name="LearningRate">The learning rate where none is chosen.</param>
/// <param name="LawLearningRate">The law's learning rate where none is chosen; null for an optimizer without a law.</param>
/// <param name="Create">Makes it together with its network, from a seed, with rates and a number of threads.</param>
internal sealed record OptimizerChoice(
    string Name, string Description, double LearningRate, double? LawLearningRate, Func<int, Rates, int, ILearner> Create)
{
    /// <summary>The optimizer of a name in any case, or null.</summary>
    public static OptimizerChoice? Find(IReadOnlyList<OptimizerChoice> choices, string name) =>
        choices.FirstOrDefault(choice => choice.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
