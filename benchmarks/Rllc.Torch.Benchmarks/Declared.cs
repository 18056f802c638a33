namespace Rllc.Torch.Benchmarks;

[Propagator("M(0.9)")]
public sealed partial class Momentum : TorchOptimizer;

[Propagator("M(0.9) ⊕ M(0)")]
public sealed partial class MomentumMix : TorchOptimizer;
