using Quickstart.Training;
using Rllc;
using Shared.Optimizers;

namespace Quickstart.Optimizers;

/// <summary>The optimizers that a run can choose.</summary>
internal static class Choices
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

    private static OptimizerChoice Declared(string name, string spec, Func<int, int, Optimizer> create)
    {
        var defaults = new OptimizerOptions();
        return new(name, spec, defaults.LearningRate, defaults.LawLearningRate,
            (seed, rates, threads) => DenseLearner.Create(seed, threads, length => new DeclaredStepper(create(length, threads), rates)));
    }

    private static OptimizerChoice Baseline(string name, string formula, double learningRate, Func<int, double, IStepper> create) =>
        new(name, formula, learningRate, null,
            (seed, rates, threads) => DenseLearner.Create(seed, threads, length => create(length, rates.Learning)));
}
