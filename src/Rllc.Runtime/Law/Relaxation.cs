namespace Rllc;

/// <summary>How G⁺, the inverse of the Gram matrix in the law's correction, is kept bounded where G is near singular.</summary>
public enum Relaxation
{
    /// <summary>(G + ε·τ·S)⁻¹ with τ = tr(S⁻¹G)/k: the same law in every basis of the memory and for every scale of the gradient.</summary>
    Invariant,

    /// <summary>(G + ε·tr(G)/k·I)⁻¹: independent of the gradient's scale, but not of the basis.</summary>
    Trace,

    /// <summary>(G + ε·I)⁻¹, as in the paper: depends on the gradient's scale and on the basis.</summary>
    Absolute,

    /// <summary>The pseudo-inverse of G without the eigenvalues below ε times the largest.</summary>
    PseudoInverse,
}
