namespace Rllc.Kernels.Tests;

/// <summary>Optimizers by moments, whose kernels the generator emits.</summary>
public static partial class DeclaredMoments
{
    [Adam]
    public sealed partial class Adam;

    [AdamW(Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6)]
    public sealed partial class AdamW;

    [Adam, CriticalMomenta(Capacity = 3)]
    public sealed partial class Momenta;

    [AdamW, CriticalGradients(Capacity = 4, Decay = 0.9)]
    public sealed partial class Gradients;

    [AdamW, CriticalGradients(Capacity = 0)]
    public sealed partial class Empty;

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
}
