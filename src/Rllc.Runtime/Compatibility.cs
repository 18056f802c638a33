namespace Rllc;

/// <summary>Whose buffer of critical momenta or gradients an optimizer has.</summary>
public enum Compatibility
{
    /// <summary>That of docs/adam.md: every step is one, and no rounding stays.</summary>
    None,

    /// <summary>
    /// That of the authors' public program (arXiv 2307.09638), to within the rounding of its sums: its first step of critical momenta moves
    /// nothing and stores the gradient, priorities are sums of the norms of a group's tensors, and the sum of the entries is never computed
    /// afresh. What that program fails at is not taken over.
    /// </summary>
    Reference,
}
