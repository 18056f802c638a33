using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Analysis;

/// <summary>The bounds of [Adam], [AdamW], [RmsProp], [Sgd] and the attributes of a buffer; the same that their optimizers keep at run time.</summary>
internal static class MomentChecks
{
    private const int MostEntries = 1024;

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

    /// <summary>The broken rules of the attributes of a buffer, of which a class has one at most.</summary>
    /// <param name="type">The class.</param>
    /// <param name="attributes">The attributes.</param>
    /// <param name="formula">The attribute of its formula; null where it has none.</param>
    /// <param name="cancellation">Ends the search for the attributes' syntax.</param>
    public static IEnumerable<Finding> CheckCritical(INamedTypeSymbol type, IReadOnlyList<AttributeData> attributes, AttributeData? formula, CancellationToken cancellation)
    {
        foreach (var attribute in attributes)
        {
            var location = attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).GetLocation();
            var name = PropagatorAnalyzer.NameOf(attribute);
            if (formula is null)
                yield return new(DeclarationRules.CriticalWithoutAdam, location, type.Name, name);
            else if (DeclarationFinder.Is(attribute, MomentFinder.CriticalMomenta) && !IsAdam(formula))
                yield return new(DeclarationRules.MomentaWithoutAdam, location, type.Name, PropagatorAnalyzer.NameOf(formula));
            else if (attribute != attributes[0])
                yield return new(DeclarationRules.SeveralFormulas, location, type.Name, PropagatorAnalyzer.NameOf(attributes[0]), name);

            var expressions = NamedExpressions.Of(attribute, cancellation);
            foreach (var argument in attribute.NamedArguments)
            {
                var requirement = (argument.Key, argument.Value.Value) switch
                {
                    (MomentReader.Capacity, < 0 or > MostEntries) => "0 to 1024",
                    (MomentReader.Compatibility, not (0 or 1)) => "None or Reference",
                    (MomentReader.Decay, double decay) when !(decay > 0 && decay <= 1) => "above 0 and at most 1",
                    _ => null,
                };
                if (requirement is not null && expressions.TryGetValue(argument.Key, out var expression))
                    yield return new(DeclarationRules.CriticalOutOfRange, expression.GetLocation(), argument.Key, requirement, Convert.ToString(argument.Value.Value, CultureInfo.InvariantCulture)!);
            }
        }
    }

    private static bool IsAdam(AttributeData formula) => DeclarationFinder.Is(formula, MomentFinder.Adam) || DeclarationFinder.Is(formula, MomentFinder.AdamW);

    private static string? Requirement(string name, double value) => name switch
    {
        MomentReader.Beta1 or MomentReader.Beta2 or MomentReader.Alpha or MomentReader.Momentum when !(value >= 0 && value < 1) => "at least 0 and below 1",
        MomentReader.Epsilon when !((float)value > 0) || float.IsInfinity((float)value) => "finite and above 0 in float32",
        _ => null,
    };
}
