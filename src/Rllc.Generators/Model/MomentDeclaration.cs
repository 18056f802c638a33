namespace Rllc.Generators;

/// <summary>What Find knows of a class with [Adam] or [AdamW]: all that the later stages need, and no symbol.</summary>
/// <param name="Type">Where the class is.</param>
/// <param name="Host">Its base class.</param>
/// <param name="IsDecoupled">Whether it is AdamW.</param>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Critical">Its buffer; null where it has none.</param>
/// <param name="Hyperparameters">What its [Hyperparameters] attribute names.</param>
internal sealed record MomentDeclaration(
    TypePath Type, Host Host, bool IsDecoupled, double Beta1, double Beta2, double Epsilon, CriticalDeclaration? Critical,
    EquatableArray<Hyperparameter> Hyperparameters);
