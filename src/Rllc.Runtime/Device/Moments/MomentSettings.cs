namespace Rllc;

/// <summary>
/// What the kernel that begins a step by moments needs of formula and options, kept on the device. Switches are 0 or 1, because a bool is no
/// fixed number of bytes there.
/// </summary>
internal record struct MomentSettings
{
    /// <summary>β₁, for its bias correction; 0 where m is not corrected.</summary>
    public double Beta1;

    /// <summary>β₂, likewise of v.</summary>
    public double Beta2;

    /// <summary>What gradients are divided by.</summary>
    public double LossScale;

    /// <summary>The 2-norm to which gradients are clipped; infinity for none.</summary>
    public double MaxGradientNorm;

    /// <summary>What the priorities of a buffer's entries are multiplied with in a step.</summary>
    public double KeyDecay;

    /// <summary>C, the number of a buffer's entries; 0 where there is none.</summary>
    public int Capacity;

    /// <summary>The sum of a buffer's entries is summed afresh in every step of a tensor whose number is a multiple of this; 0 for never.</summary>
    public int SumInterval;

    /// <summary>Whether an entry's priority is the sum of the norms of its group's tensors, as in the authors' program.</summary>
    public int SumsNorms;

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
        // RMSprop and SGD take their moments as they are.
        Beta1 = formula.Kind == MomentKind.Adam ? formula.Beta1 : 0,
        Beta2 = formula.Kind == MomentKind.Adam ? formula.Beta2 : 0,
        LossScale = options.LossScale,
        MaxGradientNorm = options.MaxGradientNorm,
        KeyDecay = formula.Decay,
        Capacity = formula.Capacity,
        SumInterval = IntervalOfSum(formula, options.MemoryFormat),
        SumsNorms = formula.IsReference ? 1 : 0,
        IsDecoupled = formula.IsDecoupled ? 1 : 0,
        Maximize = options.Maximize ? 1 : 0,
        NeedsNorm = options.NeedsNorm || formula.Capacity > 0 ? 1 : 0,
        SkipNonFinite = options.SkipNonFinite ? 1 : 0,
    };

    // A narrow format rounds the sum much more. The authors' program never sums it afresh.
    private static int IntervalOfSum(MomentFormula formula, MemoryFormat format) =>
        formula.Capacity == 0 ? 0
        : format != MemoryFormat.Float32 ? 1
        : formula.IsReference ? 0
        : formula.Capacity;
}
