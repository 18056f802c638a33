using Rllc;
using Shared.Optimizers;
using TorchMlp.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchMlp.Optimizers;

/// <summary>The optimizers that a run can choose: those that the quickstart declares, and torch.optim's.</summary>
internal static class Choices
{
    /// <summary>All optimizers, the default first.</summary>
    public static IReadOnlyList<OptimizerChoice> All { get; } =
    [
        Declared(nameof(MomentumMix), MomentumMix.Spec, (parameters, threads) => new MomentumMix(parameters, new() { Threads = threads })),
        Declared(nameof(LearnedMomentum), LearnedMomentum.Spec, (parameters, threads) => new LearnedMomentum(parameters, new() { Threads = threads })),
        Declared(nameof(Triple), Triple.Spec, (parameters, threads) => new Triple(parameters, new() { Threads = threads })),
        Declared(nameof(Chain), Chain.Spec, (parameters, threads) => new Chain(parameters, new() { Threads = threads })),
        Declared(nameof(Cyclic), Cyclic.Spec, (parameters, threads) => new Cyclic(parameters, new() { Threads = threads })),
        Declared(nameof(TwoSpeeds), TwoSpeeds.Spec, (parameters, threads) => new TwoSpeeds(parameters, new() { Threads = threads })),
        OfTorch("sgd", "torch.optim.SGD", 0.1, (parameters, rate) => optim.SGD(parameters, rate)),
        OfTorch("momentum", "torch.optim.SGD, momentum 0.9", 0.03, (parameters, rate) => optim.SGD(parameters, rate, momentum: 0.9)),
        OfTorch("adam", "torch.optim.Adam, β₁ = 0.9, β₂ = 0.999", 0.001, (parameters, rate) => optim.Adam(parameters, rate)),
    ];

    private static OptimizerChoice Declared(
        string name, string spec, Func<IEnumerable<(string, Parameter)>, int, TorchOptimizer> create)
    {
        var defaults = new TorchOptimizerOptions();
        return new(name, spec, defaults.LearningRate, defaults.LawLearningRate, (seed, rates, threads) =>
        {
            var network = TorchNetwork.Create(seed, threads);
            var optimizer = create(network.named_parameters(), threads);
            optimizer.LawLearningRate = rates.Law;
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rates.Learning;
            return new DeclaredTorchLearner(network, optimizer);
        });
    }

    private static OptimizerChoice OfTorch(
        string name, string description, double learningRate, Func<IEnumerable<(string, Parameter)>, double, optim.Optimizer> create) =>
        new(name, description, learningRate, null, (seed, rates, threads) =>
        {
            var network = TorchNetwork.Create(seed, threads);
            return new TorchLearner(network, create(network.named_parameters(), rates.Learning));
        });
}
