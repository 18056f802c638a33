using Rllc;

namespace Landscapes.Optimizers;

/// <summary>The optimizers that are compared.</summary>
internal static class Contenders
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        Declared("gradient descent", "M(0)", (length, rate) => new GradientDescent(length, new() { LearningRate = rate })),
        Declared("momentum", "M(0.9)", (length, rate) => new Momentum(length, new() { LearningRate = rate })),
        Declared("Nesterov", "M(0.9) ⊕ M(0), L = (0.9, 1)", (length, rate) => new Nesterov(length, new() { LearningRate = rate })),
        Declared("AggMo", "M(0) ⊕ M(0.9) ⊕ M(0.99), L = ⅓", (length, rate) => new AggMo(length, new() { LearningRate = rate })),
        Declared("RLLC", "M(0.9) ⊕ M(0), learning", (length, rate) => new LearnedMix(length, new() { LearningRate = rate, Epsilon = 1e-2 })),
        Declared("Adam", "β₁ = 0.9, β₂ = 0.999", (length, rate) => new PlainAdam(length, new() { LearningRate = rate })),
        Declared("Adam+CG", "5 critical gradients, decay 0.7", (length, rate) => new CriticalGradientAdam(length, new() { LearningRate = rate })),
        Declared("Adam+CM", "5 critical momenta, decay 0.7", (length, rate) => new CriticalMomentumAdam(length, new() { LearningRate = rate })),
        new("SAM", "Adam's step by the gradient 0.05 up the slope", (length, rate) => new SamTrial(new PlainAdam(length, new() { LearningRate = rate }))),
    ];

    private static Contender Declared(string name, string description, Func<int, double, TensorOptimizer> create) =>
        new(name, description, (length, rate) => new DeclaredTrial(create(length, rate)));
}
