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

    // A span cannot be passed by reflection.
    internal static readonly Dictionary<Type, Func<long[], object, MomentOptimizer>> Constructors = new()
    {
        [typeof(Adam)] = (lengths, options) => new Adam(lengths, (Adam.Options)options),
        [typeof(AdamW)] = (lengths, options) => new AdamW(lengths, (AdamW.Options)options),
        [typeof(Momenta)] = (lengths, options) => new Momenta(lengths, (Momenta.Options)options),
        [typeof(Gradients)] = (lengths, options) => new Gradients(lengths, (Gradients.Options)options),
    };
}
