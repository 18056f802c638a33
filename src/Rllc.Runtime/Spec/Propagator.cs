namespace Rllc.Spec;

/// <summary>One block of a memory: a Jordan block of the given order for a real or a complex eigenvalue (paper, sections 4 and 5).</summary>
/// <param name="IsComplex">CM(α+βi), with two units per order, instead of M(β).</param>
/// <param name="Order">The size of the Jordan block; 1 for M(β) and CM(α+βi).</param>
/// <param name="Real">β of M(β), α of CM(α+βi).</param>
/// <param name="Imaginary">0 for M; β of CM(α+βi).</param>
/// <param name="Label">The user's name for the block, or null.</param>
/// <param name="RealText">The real part in the user's own digits.</param>
/// <param name="ImaginaryText">The imaginary part in the user's own digits.</param>
public sealed record Propagator(
    bool IsComplex, int Order, double Real, double Imaginary, string? Label, string RealText, string ImaginaryText)
{
    /// <summary>Number of memory units: the order, twice the order for a complex block.</summary>
    public int UnitCount => IsComplex ? 2 * Order : Order;

    /// <summary>The eigenvalue's absolute value, the block's spectral radius.</summary>
    public double Modulus => Math.Sqrt(Real * Real + Imaginary * Imaginary);
}
