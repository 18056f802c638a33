namespace Rllc.Generators;

/// <summary>The formulas that step by moments of the gradient; the names are those of the runtime's.</summary>
internal enum MomentKind
{
    /// <summary>Adam and AdamW.</summary>
    Adam,

    /// <summary>RMSprop.</summary>
    RmsProp,

    /// <summary>SGD.</summary>
    Sgd,
}
