namespace Rllc.Generators;

/// <summary>What Find knows of a class with [Adam], [AdamW], [RmsProp] or [Sgd]: all that the later stages need, and no symbol.</summary>
/// <param name="Type">Where the class is.</param>
/// <param name="Host">Its base class.</param>
/// <param name="Kind">Its formula.</param>
/// <param name="IsDecoupled">Whether it is AdamW.</param>
/// <param name="Beta1">β₁; of RMSprop and SGD μ.</param>
/// <param name="Beta2">β₂; of RMSprop α; 0 where there is none.</param>
/// <param name="Epsilon">ε; 0 where there is none.</param>
/// <param name="Critical">Its buffer; null where it has none.</param>
/// <param name="Hyperparameters">What its [Hyperparameters] attribute names.</param>
internal sealed record MomentDeclaration(
    TypePath Type, Host Host, MomentKind Kind, bool IsDecoupled, double Beta1, double Beta2, double Epsilon, CriticalDeclaration? Critical,
    EquatableArray<Hyperparameter> Hyperparameters);
