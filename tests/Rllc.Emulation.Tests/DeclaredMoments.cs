namespace Rllc.Emulation.Tests;

/// <summary>Optimizers by moments, on the CPU and as PTX.</summary>
public static partial class DeclaredMoments
{
    [Adam]
    public sealed partial class Adam;

    [AdamW(Beta1 = 0.8)]
    public sealed partial class AdamW;

    [Adam, CriticalMomenta(Capacity = 3)]
    public sealed partial class Momenta;

    [AdamW, CriticalGradients(Capacity = 4, Decay = 0.9)]
    public sealed partial class Gradients;

    [RmsProp]
    public sealed partial class RmsProp;

    [RmsProp(Momentum = 0.9), CriticalGradients(Capacity = 3)]
    public sealed partial class RmsPropMomentum;

    [Sgd]
    public sealed partial class Sgd;

    [Sgd(Momentum = 0.9), CriticalGradients(Capacity = 3)]
    public sealed partial class SgdMomentum;

    [Adam, CriticalMomenta(Capacity = 3, Compatibility = Compatibility.Reference)]
    public sealed partial class ReferenceMomenta;

    [AdamW, CriticalGradients(Capacity = 4, Compatibility = Compatibility.Reference)]
    public sealed partial class ReferenceGradients;

    // A span cannot be passed by reflection.
    internal static readonly Dictionary<Type, Func<long[], object, MomentOptimizer>> Constructors = new()
    {
        [typeof(Adam)] = (lengths, options) => new Adam(lengths, (Adam.Options)options),
        [typeof(AdamW)] = (lengths, options) => new AdamW(lengths, (AdamW.Options)options),
        [typeof(Momenta)] = (lengths, options) => new Momenta(lengths, (Momenta.Options)options),
        [typeof(Gradients)] = (lengths, options) => new Gradients(lengths, (Gradients.Options)options),
        [typeof(RmsProp)] = (lengths, options) => new RmsProp(lengths, (RmsProp.Options)options),
        [typeof(RmsPropMomentum)] = (lengths, options) => new RmsPropMomentum(lengths, (RmsPropMomentum.Options)options),
        [typeof(Sgd)] = (lengths, options) => new Sgd(lengths, (Sgd.Options)options),
        [typeof(SgdMomentum)] = (lengths, options) => new SgdMomentum(lengths, (SgdMomentum.Options)options),
        [typeof(ReferenceMomenta)] = (lengths, options) => new ReferenceMomenta(lengths, (ReferenceMomenta.Options)options),
        [typeof(ReferenceGradients)] = (lengths, options) => new ReferenceGradients(lengths, (ReferenceGradients.Options)options),
    };
}
