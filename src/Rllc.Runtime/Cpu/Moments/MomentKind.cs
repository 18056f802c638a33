namespace Rllc;

/// <summary>The formulas that step by moments of the gradient.</summary>
public enum MomentKind
{
    /// <summary>Adam and AdamW: means of g and of g², corrected for their start.</summary>
    Adam,

    /// <summary>RMSprop: a mean of g², and with momentum a decaying sum of steps.</summary>
    RmsProp,

    /// <summary>SGD: with momentum a decaying sum of g.</summary>
    Sgd,
}
