using Rllc;

namespace Quickstart.Optimizers;

/// <summary>An optimizer that a run can choose.</summary>
/// <param name="Name">What --optimizer calls it.</param>
/// <param name="Description">Its spec or formula.</param>
/// <param name="LearningRate">The learning rate where none is chosen.</param>
/// <param name="LawLearningRate">The law's learning rate where none is chosen; null for an optimizer without a law.</param>
/// <param name="Create">Makes one for a number of parameters, with rates and a number of threads.</param>
internal sealed record OptimizerChoice(
    string Name, string Description, double LearningRate, double? LawLearningRate, Func<int, Rates, int, IStepper> Create)
{
    /// <summary>All optimizers, the default first.</summary>
    public static IReadOnlyList<OptimizerChoice> All { get; } =
    [
        Declared(nameof(MomentumMix), MomentumMix.Spec, (length, threads) => new MomentumMix(length, new() { Threads = threads })),
        Declared(nameof(LearnedMomentum), LearnedMomentum.Spec, (length, threads) => new LearnedMomentum(length, new() { Threads = threads })),
        Declared(nameof(Triple), Triple.Spec, (length, threads) => new Triple(length, new() { Threads = threads })),
        Declared(nameof(Chain), Chain.Spec, (length, threads) => new Chain(length, new() { Threads = threads })),
        Declared(nameof(Cyclic), Cyclic.Spec, (length, threads) => new Cyclic(length, new() { Threads = threads })),
        Declared(nameof(TwoSpeeds), TwoSpeeds.Spec, (length, threads) => new TwoSpeeds(length, new() { Threads = threads })),
        Baseline("sgd", "θ ← θ − c·g", 0.1, (_, rate) => new Sgd(rate)),
        Baseline("momentum", "m ← 0.9·m + g, θ ← θ − c·m", 0.03, (length, rate) => new HeavyBall(length, rate)),
        Baseline("adam", "β₁ = 0.9, β₂ = 0.999", 0.001, (length, rate) => new Adam(length, rate)),
    ];

    /// <summary>The optimizer of a name in any case, or null.</summary>
    public static OptimizerChoice? Find(string name) =>
        All.FirstOrDefault(choice => choice.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static OptimizerChoice Declared(string name, string spec, Func<int, int, Optimizer> create)
    {
        var defaults = new OptimizerOptions();
        return new(name, spec, defaults.LearningRate, defaults.LawLearningRate,
            (length, rates, threads) => new DeclaredStepper(create(length, threads), rates));
    }

    private static OptimizerChoice Baseline(string name, string formula, double learningRate, Func<int, double, IStepper> create) =>
        new(name, formula, learningRate, null, (length, rates, _) => create(length, rates.Learning));
}

/// <summary>How fast an optimizer learns.</summary>
/// <param name="Learning">c₁.</param>
/// <param name="Law">c₂; without meaning for an optimizer without a law.</param>
internal readonly record struct Rates(double Learning, double Law);
