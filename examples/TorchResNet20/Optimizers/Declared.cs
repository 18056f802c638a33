using Rllc;

namespace TorchResNet20.Optimizers;

/// <summary>Momentum and the plain gradient, mixed as the network asks for.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class MomentumMix : TorchOptimizer;

/// <summary>Momentum whose step size is learned.</summary>
[Propagator("M(0.9)")]
public sealed partial class LearnedMomentum : TorchOptimizer;
