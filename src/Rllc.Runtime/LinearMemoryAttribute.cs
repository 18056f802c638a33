namespace Rllc;

/// <summary>
/// Declares the linear memory of an optimizer by its matrices, M ← MB + gaᵀ, on a partial class:
/// <c>[LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = new[] { 1.0, 0.0 })]</c>. The compiler reduces it to the sum of propagators
/// that does the same in the cheapest way, here M(0.9) ⊕ M(0.8); see docs/any-linear-memory.md.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LinearMemoryAttribute : Attribute
{
    /// <summary>B, k×k, row by row: k² finite numbers, its spectral radius below 1. k is at most 16.</summary>
    public required double[] B { get; set; }

    /// <summary>a, how a gradient enters the memory: k finite numbers, not all 0.</summary>
    public required double[] a { get; set; }
}
