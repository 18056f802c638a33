namespace Rllc.Benchmarks.Steps;

/// <summary>k = 1: exact, as many numbers moved as Adam.</summary>
[Propagator("M(0.9)")]
internal sealed partial class Momentum;

/// <summary>k = 2: Nesterov's memory.</summary>
[Propagator("M(0.9) ⊕ M(0)")]
internal sealed partial class MomentumMix;

/// <summary>k = 3.</summary>
[Propagator("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
internal sealed partial class ThreeMomenta;

// Benchmarked for its width: no law is judged by it.
#pragma warning disable RLLC015
/// <summary>k = 7, with the Jordan blocks of real and of complex numbers.</summary>
[Propagator("M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)")]
internal sealed partial class SevenUnits;
#pragma warning restore RLLC015

/// <summary>A declared memory to benchmark.</summary>
/// <param name="Memory">What its declaration says about it.</param>
/// <param name="Create">Makes an optimizer of tensors of the given lengths.</param>
internal sealed record Declared(LinearMemory Memory, Func<long[], Setting, Optimizer> Create)
{
    /// <summary>One unit.</summary>
    public static Declared Momentum { get; } =
        new(LinearMemory.Parse(Steps.Momentum.Spec), (lengths, setting) => new Momentum(lengths, setting.Of(new Momentum.Options())));

    /// <summary>Two units.</summary>
    public static Declared MomentumMix { get; } =
        new(LinearMemory.Parse(Steps.MomentumMix.Spec), (lengths, setting) => new MomentumMix(lengths, setting.Of(new MomentumMix.Options())));

    /// <summary>All of them, by ascending k.</summary>
    public static IReadOnlyList<Declared> All { get; } =
    [
        Momentum,
        MomentumMix,
        new(LinearMemory.Parse(ThreeMomenta.Spec), (lengths, setting) => new ThreeMomenta(lengths, setting.Of(new ThreeMomenta.Options()))),
        new(LinearMemory.Parse(SevenUnits.Spec), (lengths, setting) => new SevenUnits(lengths, setting.Of(new SevenUnits.Options()))),
    ];

    /// <summary>The spec, as the tables name it.</summary>
    public string Name => Memory.Spec!.ToString();

    /// <summary>What a step costs the memory.</summary>
    public Traffic Traffic(Setting setting) => Steps.Traffic.Of(Cost(setting.Format), setting.Timing);

    /// <summary>The cost table of the declaration.</summary>
    public MemoryCost Cost(MemoryFormat format) => format == MemoryFormat.Float32 ? Memory.Cost : Memory.Cost.InBFloat16;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
