using Rllc;

namespace TorchMlp.Optimizers;

/// <summary>Momentum and the plain gradient, mixed as the network asks for. Nesterov's momentum is one such mixture.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class MomentumMix : TorchOptimizer;

/// <summary>Momentum whose step size is learned.</summary>
[Propagator("M(0.9)")]
public sealed partial class LearnedMomentum : TorchOptimizer;

/// <summary>Three momenta of close half-lives.</summary>
[Propagator("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
public sealed partial class Triple : TorchOptimizer;

/// <summary>A momentum of a momentum: a Jordan block.</summary>
[Propagator("M2(0.6)")]
public sealed partial class Chain : TorchOptimizer;

/// <summary>Memories that oscillate: every second step, and every fourth.</summary>
[Propagator("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
public sealed partial class Cyclic : TorchOptimizer;

/// <summary>A long and a short memory with names of their own; it starts from the short one, whose steps are small.</summary>
[Propagator("slow: M(0.99) ⊕ fast: M(0.6)")]
[Hyperparameters(InitialLaw = new double[] { 0, 1 })]
public sealed partial class TwoSpeeds : TorchOptimizer;
