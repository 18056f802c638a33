using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Analysis;

/// <summary>The bounds of [Adam] and [AdamW]; the same that their optimizers keep at run time.</summary>
internal static class AdamChecks
{
    /// <summary>The broken rules of one attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="cancellation">Ends the search for the attribute's syntax.</param>
    public static IEnumerable<Finding> Check(AttributeData attribute, CancellationToken cancellation)
    {
        var expressions = NamedExpressions.Of(attribute, cancellation);
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Value.Value is double value && expressions.TryGetValue(argument.Key, out var expression) && Requirement(argument.Key, value) is { } requirement)
                yield return new(DeclarationRules.AdamCoefficientOutOfRange, expression.GetLocation(), argument.Key, requirement, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string? Requirement(string name, double value) => name switch
    {
        AdamReader.Beta1 or AdamReader.Beta2 when !(value >= 0 && value < 1) => "at least 0 and below 1",
        AdamReader.Epsilon when !((float)value > 0) || float.IsInfinity((float)value) => "finite and above 0 in float32",
        _ => null,
    };
}
