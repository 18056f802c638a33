namespace Rllc.Benchmarks.Gpu;

/// <summary>The optimizers that are measured: one, two and three units.</summary>
internal static partial class Declared
{
    [Propagator("M(0.9)")]
    internal sealed partial class Momentum;

    [Propagator("M(0.9) ⊕ M(0)")]
    internal sealed partial class MomentumMix;

    [Propagator("M(0.9) ⊕ M2(0.6)")]
    internal sealed partial class ThreeUnits;
}
