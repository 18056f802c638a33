namespace Rllc.Generators;

/// <summary>What is to be printed for one class with [Adam] or [AdamW]. All names and literals are ready.</summary>
/// <param name="HintName">What the names of its files start with.</param>
/// <param name="Type">The class.</param>
/// <param name="Host">Its base class.</param>
/// <param name="Formula">Adam or AdamW.</param>
/// <param name="IsDecoupled">Whether it is AdamW.</param>
/// <param name="Beta1">β₁ as a literal.</param>
/// <param name="Beta2">β₂ likewise.</param>
/// <param name="Epsilon">ε likewise.</param>
/// <param name="Critical">Its buffer; null where it has none.</param>
/// <param name="Hyperparameters">The defaults, declared or of the formula.</param>
internal sealed record MomentPlan(
    string HintName, TypePath Type, Host Host, string Formula, bool IsDecoupled, string Beta1, string Beta2, string Epsilon, CriticalPlan? Critical,
    EquatableArray<Hyperparameter> Hyperparameters)
{
    /// <summary>Whether the kernel works on a buffer of momenta.</summary>
    public bool HasMomenta => Critical is { HasEntries: true, HoldsMomenta: true };

    /// <summary>Whether the kernel works on a buffer of gradients.</summary>
    public bool HasGradients => Critical is { HasEntries: true, HoldsMomenta: false };
}
