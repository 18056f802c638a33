namespace Rllc;

/// <summary>
/// What the kernel that begins a step by moments needs of formula and options, kept on the device. Switches are 0 or 1, because a bool is no
/// fixed number of bytes there.
/// </summary>
internal record struct MomentSettings
{
    /// <summary>β₁, for its bias correction.</summary>
    public double Beta1;

    /// <summary>β₂, likewise.</summary>
    public double Beta2;

    /// <summary>What gradients are divided by.</summary>
    public double LossScale;

    /// <summary>The 2-norm to which gradients are clipped; infinity for none.</summary>
    public double MaxGradientNorm;

    /// <summary>What the priorities of a buffer's entries are multiplied with in a step.</summary>
    public double KeyDecay;

    /// <summary>C, the number of a buffer's entries; 0 where there is none.</summary>
    public int Capacity;

    /// <summary>The sum of a buffer's entries is summed afresh in every step of a tensor whose number is a multiple of this.</summary>
    public int SumInterval;

    /// <summary>Whether weight decay is decoupled from the gradient.</summary>
    public int IsDecoupled;

    /// <summary>Whether the gradient is ascended.</summary>
    public int Maximize;

    /// <summary>Whether the gradient has been passed over for its norm.</summary>
    public int NeedsNorm;

    /// <summary>Whether a step whose gradient is not finite or leaves the range is skipped.</summary>
    public int SkipNonFinite;

    /// <summary>The settings that a formula and options mean.</summary>
    /// <param name="formula">A validated formula.</param>
    /// <param name="options">Validated options.</param>
    public static MomentSettings From(MomentFormula formula, MomentOptions options) => new()
    {
        Beta1 = formula.Beta1,
        Beta2 = formula.Beta2,
        LossScale = options.LossScale,
        MaxGradientNorm = options.MaxGradientNorm,
        KeyDecay = formula.Decay,
        Capacity = formula.Capacity,
        // A narrow format rounds the sum much more.
        SumInterval = options.MemoryFormat == MemoryFormat.Float32 ? formula.Capacity : 1,
        IsDecoupled = formula.IsDecoupled ? 1 : 0,
        Maximize = options.Maximize ? 1 : 0,
        NeedsNorm = options.NeedsNorm || formula.Capacity > 0 ? 1 : 0,
        SkipNonFinite = options.SkipNonFinite ? 1 : 0,
    };
}
