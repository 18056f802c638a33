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

[Adam]
public sealed partial class MyAdam : TorchMomentOptimizer;

[AdamW]
public sealed partial class MyAdamW : TorchMomentOptimizer;

[Adam, CriticalMomenta(Capacity = 3)]
public sealed partial class Momenta : TorchMomentOptimizer;

/// <summary>The formula of <see cref="Momenta"/> for flat spans.</summary>
[Adam, CriticalMomenta(Capacity = 3)]
public sealed partial class MomentaOfSpans;

[AdamW, CriticalGradients(Capacity = 2, Decay = 0.9)]
public sealed partial class Gradients : TorchMomentOptimizer;

/// <summary>The formula of <see cref="Gradients"/> for flat spans.</summary>
[AdamW, CriticalGradients(Capacity = 2, Decay = 0.9)]
public sealed partial class GradientsOfSpans;
