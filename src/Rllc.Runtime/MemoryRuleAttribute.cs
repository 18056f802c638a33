namespace Rllc;

/// <summary>
/// Declares an optimizer whose memory is updated by a method of its class, number by number for every parameter (arXiv 2402.15262,
/// definition 3.2, with hidden state). The class must be partial. docs/memory-rules.md describes the method.
/// </summary>
/// <param name="method">
/// The name of the rule: a private static partial void method, generic in one T : struct, <see cref="INumbers{TSelf}"/>, whose parameters are
/// the gradient, the numbers that <see cref="Prepare"/> gives, the memory units (ref, or out where the old value does not matter) and the
/// hidden state (ref, marked [Hidden]).
/// </param>
/// <example><code>
/// [MemoryRule(nameof(Remember))]
/// public sealed partial class SignMomentum
/// {
///     private static partial void Remember&lt;T&gt;(T g, out T sign, [Hidden] ref T m) where T : struct, INumbers&lt;T&gt;
///     {
///         m = T.Create(0.9f) * m + T.Create(0.1f) * g;
///         sign = T.Sign(m);
///     }
/// }
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MemoryRuleAttribute(string method) : Attribute
{
    /// <summary>The name of the rule.</summary>
    public string Method { get; } = method;

    /// <summary>
    /// The name of a private static partial void method that computes numbers of a step, the same for all parameters: its parameters are
    /// t, a long that is 1 in the first step, and the numbers, out float each. Null for none.
    /// </summary>
    public string? Prepare { get; set; }
}
