namespace Rllc;

/// <summary>
/// Declares the linear memory of an optimizer: <c>[Propagator("M(0.9) ⊕ M2(0.6)")]</c> on a partial class.
/// Several attributes on one class are united in order. The language is described in docs/spec-language.md.
/// </summary>
/// <param name="spec">The memory in the spec language.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PropagatorAttribute(string spec) : Attribute
{
    /// <summary>The memory in the spec language.</summary>
    public string Spec { get; } = spec;
}
