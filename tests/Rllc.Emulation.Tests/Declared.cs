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

    [MemoryRule(nameof(Remember), Prepare = nameof(Prepare))]
    public sealed partial class AdamMix
    {
        private static partial void Prepare(long t, out float correction1, out float correction2)
        {
            correction1 = (float)(1 / (1 - IntegerPower.Of(0.9, t)));
            correction2 = (float)(1 / (1 - IntegerPower.Of(0.999, t)));
        }

        private static partial void Remember<T>(T g, T correction1, T correction2, out T direction, out T gradient, [Hidden] ref T m, [Hidden] ref T v)
            where T : struct, INumbers<T>
        {
            m = T.FusedMultiplyAdd(g - m, T.Create(0.1f), m);
            v = T.FusedMultiplyAdd(g * g - v, T.Create(0.001f), v);
            direction = m * correction1 / (T.Sqrt(v * correction2) + T.Create(1e-8f));
            gradient = g;
        }
    }

    [MemoryRule(nameof(Remember))]
    public sealed partial class Clamped
    {
        private static partial void Remember<T>(T g, [Hidden] ref T largest, out T clamped, ref T low) where T : struct, INumbers<T>
        {
            largest = T.Max(T.Abs(g), largest * T.Create(0.95f));
            clamped = T.Max(T.Min(g, T.Create(0.25f)), -T.Create(0.25f)) / (largest + T.Create(0.1f));
            low = T.Min(low, g) + T.Sign(g) * T.Create(0.001f);
        }
    }

    [MemoryRule(nameof(Remember)), FixedLaw(1)]
    public sealed partial class Lion
    {
        private static partial void Remember<T>(T g, out T sign, [Hidden] ref T m) where T : struct, INumbers<T>
        {
            sign = T.Sign(T.FusedMultiplyAdd(g - m, T.Create(0.1f), m));
            m = T.FusedMultiplyAdd(g - m, T.Create(0.01f), m);
        }
    }

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
