using System.Numerics;
using Rllc.Spec;

namespace Rllc;

/// <summary>An eigenvalue of a controllable memory, or a conjugate pair of them, with one Jordan block.</summary>
/// <param name="Value">The one with an imaginary part of at least 0.</param>
/// <param name="Order">The size of its block.</param>
internal readonly record struct Eigenvalue(Complex Value, int Order)
{
    /// <summary>Computing an eigenvalue costs some of its digits; float32 would not see them.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Whether it stands for a pair.</summary>
    public bool IsPair => Value.Imaginary != 0;

    /// <summary>How many units of memory its block has.</summary>
    public int UnitCount => IsPair ? 2 * Order : Order;

    /// <summary>The block in the spec language, its eigenvalue without the digits that are rounding.</summary>
    public Propagator ToPropagator()
    {
        var (real, imaginary) = (ShortestDigits.Within(Value.Real, Rounding), ShortestDigits.Within(Value.Imaginary, Rounding));
        return new(IsPair, Order, real, imaginary, Label: null, SpecPrinter.Print(real), SpecPrinter.Print(imaginary));
    }
}
