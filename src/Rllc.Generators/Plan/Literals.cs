using Microsoft.CodeAnalysis.CSharp;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Values as C# source.</summary>
internal static class Literals
{
    /// <summary>The shortest expression that stands for exactly this number.</summary>
    public static string Double(double value) => value switch
    {
        _ when double.IsNaN(value) => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => SpecPrinter.Print(value),
    };

    /// <summary>Numbers, separated by commas.</summary>
    public static string Row(IEnumerable<double> entries) => string.Join(", ", entries.Select(Double));

    /// <summary>A string in quotes, with escapes where they are needed.</summary>
    public static string String(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
