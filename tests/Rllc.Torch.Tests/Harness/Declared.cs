namespace Rllc.Torch.Tests.Harness;

[Propagator("M(0)")]
public sealed partial class Plain : TorchOptimizer;

[Propagator("M(0.9)")]
public sealed partial class Momentum : TorchOptimizer;

[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class MomentumMix : TorchOptimizer;

[Propagator("slow: M(0.99) ⊕ fast: M2(0.6)")]
[Hyperparameters(LearningRate = 0.125, HoldCorrections = 2)]
public sealed partial class ThreeWay : TorchOptimizer;

/// <summary>The memory of <see cref="MomentumMix"/> for flat spans.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class MixOfSpans;

[Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
public sealed partial class Nesterov : TorchOptimizer;
