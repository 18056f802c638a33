namespace Rllc.Generators;

/// <summary>What is to be printed for one class with [Adam], [AdamW], [RmsProp] or [Sgd]. All names and literals are ready.</summary>
/// <param name="HintName">What the names of its files start with.</param>
/// <param name="Type">The class.</param>
/// <param name="Host">Its base class.</param>
/// <param name="Formula">Adam, AdamW, RMSprop or SGD.</param>
/// <param name="Kind">The same, Adam and AdamW together.</param>
/// <param name="IsDecoupled">Whether it is AdamW.</param>
/// <param name="Beta1">β₁ as a literal; of RMSprop and SGD μ.</param>
/// <param name="Beta2">β₂ likewise; of RMSprop α.</param>
/// <param name="Epsilon">ε likewise.</param>
/// <param name="Critical">Its buffer; null where it has none.</param>
/// <param name="Hyperparameters">The defaults, declared or of the formula.</param>
internal sealed record MomentPlan(
    string HintName, TypePath Type, Host Host, string Formula, MomentKind Kind, bool IsDecoupled, string Beta1, string Beta2, string Epsilon, CriticalPlan? Critical,
    EquatableArray<Hyperparameter> Hyperparameters)
{
    /// <summary>Whether m is kept.</summary>
    public bool HasM => Kind == MomentKind.Adam || Beta1 != "0";

    /// <summary>Whether v is kept.</summary>
    public bool HasV => Kind != MomentKind.Sgd;

    /// <summary>The unit of v, after m where there is one.</summary>
    public int PlaceOfV => HasM ? 1 : 0;

    /// <summary>The unit of the sum of the entries, after m and v; these come next.</summary>
    public int PlaceOfSum => PlaceOfV + (HasV ? 1 : 0);

    /// <summary>Whether the kernel works on a buffer.</summary>
    public bool HasBuffer => HasMomenta || HasGradients;

    /// <summary>How many numbers are kept for each parameter.</summary>
    public int UnitCount => PlaceOfSum + (HasBuffer ? 1 + Critical!.Capacity : 0);

    /// <summary>Whether the buffer is that of the authors' program.</summary>
    public bool IsReference => Critical is { HasEntries: true, IsReference: true };

    /// <summary>Whether the kernel works on a buffer of momenta.</summary>
    public bool HasMomenta => Critical is { HasEntries: true, HoldsMomenta: true };

    /// <summary>Whether the kernel works on a buffer of gradients.</summary>
    public bool HasGradients => Critical is { HasEntries: true, HoldsMomenta: false };
}
