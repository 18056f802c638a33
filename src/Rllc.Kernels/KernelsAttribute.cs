using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>Marks a generated class of kernels.</summary>
/// <param name="optimizer">The optimizer's full name in metadata, without its assembly.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class KernelsAttribute(string optimizer) : Attribute
{
    /// <summary>The optimizer's full name in metadata, without its assembly.</summary>
    public string Optimizer { get; } = optimizer;
}
