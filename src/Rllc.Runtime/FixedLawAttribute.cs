namespace Rllc;

/// <summary>
/// Declares an optimizer whose law never learns: <c>[Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]</c> on a partial class is
/// Nesterov's method. A step needs no Gram matrix, and passes over the memory once. docs/gallery.md has textbook optimizers.
/// </summary>
/// <param name="coefficients">L, one finite coefficient per memory unit, not all 0.</param>
[CLSCompliant(false)] // No language but C# is asked to pass an array to an attribute.
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FixedLawAttribute(params double[] coefficients) : Attribute
{
    /// <summary>L, one coefficient per memory unit.</summary>
    public double[] Coefficients { get; } = coefficients;
}
