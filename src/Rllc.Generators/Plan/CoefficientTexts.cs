using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Finds for the entries of B the digits that the user wrote.</summary>
internal sealed class CoefficientTexts(PropagatorSpec spec)
{
    private readonly Propagator[] blockOfUnit = [.. spec.Propagators.SelectMany(block => Enumerable.Repeat(block, block.UnitCount))];

    /// <summary>The text of an entry of B: that of its block's eigenvalue, whose parts B consists of, besides 0 and 1.</summary>
    public string Of(int unit, double entry)
    {
        var block = blockOfUnit[unit];
        return entry == block.Real ? block.RealText
            : entry == block.Imaginary ? block.ImaginaryText
            : entry == -block.Imaginary ? Negate(block.ImaginaryText)
            : Literals.Double(entry);
    }

    private static string Negate(string text) => text.StartsWith("-", StringComparison.Ordinal) ? text.Substring(1) : "-" + text;
}
