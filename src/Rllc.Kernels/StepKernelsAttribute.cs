using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>
/// Marks the generated class of an optimizer's kernels: static methods Project, Advance and ProjectAndAdvance, each generic over
/// how M is kept and with a <see cref="StepViews"/> as its only argument.
/// </summary>
/// <param name="optimizer">The optimizer's full name in metadata, without its assembly.</param>
/// <param name="spec">Its memory in the spec language, canonical.</param>
[AttributeUsage(AttributeTargets.Class)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StepKernelsAttribute(string optimizer, string spec) : KernelsAttribute(optimizer)
{
    /// <summary>Its memory in the spec language, canonical.</summary>
    public string Spec { get; } = spec;
}
