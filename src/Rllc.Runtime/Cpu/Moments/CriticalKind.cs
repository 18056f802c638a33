using System.ComponentModel;

namespace Rllc;

/// <summary>What the buffer of an Adam holds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum CriticalKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>First moments.</summary>
    Momenta,

    /// <summary>Gradients.</summary>
    Gradients,
}
