using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>
/// Marks the generated class of the kernels of a memory rule: static methods as <see cref="StepKernelsAttribute"/> says, in which the rule is.
/// </summary>
/// <param name="optimizer">The optimizer's full name in metadata, without its assembly.</param>
/// <param name="units">The names of the k units.</param>
/// <param name="state">The names of all that is kept.</param>
/// <param name="digest">What tells the rule from others.</param>
[AttributeUsage(AttributeTargets.Class)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RuleKernelsAttribute(string optimizer, string[] units, string[] state, string digest) : KernelsAttribute(optimizer)
{
    /// <summary>The memory that the kernels step by.</summary>
    internal ElementwiseMemory Memory => ElementwiseMemory.FromNames(units, state, digest);
}
