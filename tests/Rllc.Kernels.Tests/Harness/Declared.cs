namespace Rllc.Kernels.Tests;

/// <summary>Optimizers of every kind of memory, whose kernels the generator emits.</summary>
public static partial class Declared
{
    [Propagator("M(0.9)")]
    public sealed partial class Momentum;

    [Propagator("M(0.9) ⊕ M(0)")]
    public sealed partial class MomentumMix;

    [Propagator("M2(0.6)")]
    public sealed partial class SecondOrder;

    [Propagator("CM(0.3+0.2i)")]
    public sealed partial class Wave;

    [Propagator("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
    public sealed partial class Cyclic;

    [Propagator("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    public sealed partial class ThreeMomenta;

    [Propagator("M2(0.7) ⊕ M2(-0.7) ⊕ CM2(0.7i)")]
    public sealed partial class EightUnits;
}
