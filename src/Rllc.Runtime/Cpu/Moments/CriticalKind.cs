namespace Rllc;

/// <summary>What the buffer of an Adam holds.</summary>
public enum CriticalKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>First moments.</summary>
    Momenta,

    /// <summary>Gradients.</summary>
    Gradients,
}
