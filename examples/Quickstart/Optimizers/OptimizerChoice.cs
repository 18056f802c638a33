using Rllc;

namespace Quickstart.Optimizers;

/// <summary>An optimizer that a run can choose.</summary>
/// <param name="Name">What --optimizer calls it.</param>
/// <param name="Description">Its spec or formula.</param>
/// <param name="LearningRate">The learning rate where none is chosen.</param>
/// <param name="LawLearningRate">The law's learning rate where none is chosen; null for an optimizer without a law.</param>
/// <param name="Create">Makes one for a number of parameters.</param>
internal sealed record OptimizerChoice(
    string Name, string Description, double LearningRate, double? LawLearningRate, Func<int, OptimizerOptions, IStepper> Create)
{
    /// <summary>All optimizers, the default first.</summary>
    public static IReadOnlyList<OptimizerChoice> All { get; } =
    [
        Baseline("sgd", "θ ← θ − c·g", 0.1, (_, options) => new Sgd(options.LearningRate)),
        Baseline("momentum", "m ← 0.9·m + g, θ ← θ − c·m", 0.03, (length, options) => new HeavyBall(length, options.LearningRate)),
        Baseline("adam", "Adam with β₁ = 0.9, β₂ = 0.999", 0.001, (length, options) => new Adam(length, options.LearningRate)),
    ];

    /// <summary>The optimizer of a name in any case, or null.</summary>
    public static OptimizerChoice? Find(string name) =>
        All.FirstOrDefault(choice => choice.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static OptimizerChoice Baseline(string name, string description, double learningRate, Func<int, OptimizerOptions, IStepper> create) =>
        new(name, description, learningRate, null, create);
}
