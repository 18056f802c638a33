using static Rllc.Kernels.Tests.DeclaredRules;

namespace Rllc.Emulation.Tests;

/// <summary>Optimizers of every kind of memory, on the CPU and as PTX.</summary>
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

    [Propagator("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    public sealed partial class ThreeMomenta;

    [Propagator("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
    public sealed partial class Cyclic;

    [Propagator("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i) ⊕ CM(0.83+0.34i) ⊕ CM(0.64+0.64i) ⊕ CM(0.34+0.83i) ⊕ CM(-0.34+0.83i) ⊕ CM(-0.64+0.64i) ⊕ CM(-0.83+0.34i)")]
    public sealed partial class SixteenUnits;

    [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
    public sealed partial class Nesterov;

    // A span cannot be passed by reflection.
    internal static readonly Dictionary<Type, Func<long[], object, Optimizer>> Constructors = new()
    {
        [typeof(Momentum)] = (lengths, options) => new Momentum(lengths, (Momentum.Options)options),
        [typeof(MomentumMix)] = (lengths, options) => new MomentumMix(lengths, (MomentumMix.Options)options),
        [typeof(SecondOrder)] = (lengths, options) => new SecondOrder(lengths, (SecondOrder.Options)options),
        [typeof(Wave)] = (lengths, options) => new Wave(lengths, (Wave.Options)options),
        [typeof(ThreeMomenta)] = (lengths, options) => new ThreeMomenta(lengths, (ThreeMomenta.Options)options),
        [typeof(Cyclic)] = (lengths, options) => new Cyclic(lengths, (Cyclic.Options)options),
        [typeof(Nesterov)] = (lengths, options) => new Nesterov(lengths, (Nesterov.Options)options),
        [typeof(AdamMix)] = (lengths, options) => new AdamMix(lengths, (AdamMix.Options)options),
        [typeof(Clamped)] = (lengths, options) => new Clamped(lengths, (Clamped.Options)options),
        [typeof(Lion)] = (lengths, options) => new Lion(lengths, (Lion.Options)options),
        [typeof(SixteenUnits)] = (lengths, options) => new SixteenUnits(lengths, (SixteenUnits.Options)options),
    };
}
