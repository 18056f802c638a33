using System.Globalization;

namespace Rllc.Spec;

/// <summary>The canonical form of specs and numbers, the same under every culture and on every runtime.</summary>
internal static class SpecPrinter
{
    /// <summary>A memory, <c>slow: M(0.99) ⊕ M2(0.6)</c>.</summary>
    public static string Print(IEnumerable<Propagator> propagators) => string.Join(" ⊕ ", propagators.Select(Print));

    /// <summary>A block with its label.</summary>
    public static string Print(Propagator propagator) =>
        propagator.Label is null ? PrintCore(propagator) : $"{propagator.Label}: {PrintCore(propagator)}";

    /// <summary>A block without its label, <c>CM2(0.3+0.2i)</c>.</summary>
    public static string PrintCore(Propagator propagator) => $"{Name(propagator)}({Argument(propagator)})";

    /// <summary>Name and order, <c>CM2</c>; an order of 1 is not written.</summary>
    public static string Name(Propagator propagator) =>
        (propagator.IsComplex ? PropagatorNames.Complex : PropagatorNames.Real)
        + (propagator.Order == 1 ? "" : propagator.Order.ToString(CultureInfo.InvariantCulture));

    /// <summary>The eigenvalue, <c>0.3+0.2i</c>; a real part of 0 is not written beside an imaginary one.</summary>
    public static string Argument(Propagator propagator)
    {
        var (real, imaginary) = (propagator.Real, propagator.Imaginary);
        return !propagator.IsComplex ? Print(real)
            : real == 0 ? Print(imaginary) + "i"
            : Print(real) + (imaginary < 0 ? "" : "+") + Print(imaginary) + "i";
    }

    /// <summary>The shortest digits that read back as the same finite number, <c>1e-5</c>.</summary>
    public static string Print(double value)
    {
        // "R" is not the shortest on every runtime of netstandard2.0, and not always right there.
        var text = value == 0 ? "0" : new[] { "G15", "G16", "G17" }
            .Select(format => value.ToString(format, CultureInfo.InvariantCulture))
            .First(text => double.Parse(text, CultureInfo.InvariantCulture) == value);
        var exponent = text.IndexOf('E');
        return exponent < 0 ? text
            : text.Substring(0, exponent) + "e"
                + int.Parse(text.Substring(exponent + 1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
