using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>The bounds of [Hyperparameters]; the same that the options keep at run time.</summary>
internal static class HyperparameterChecks
{
    /// <summary>The broken rules of one attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="units">The names of the memory's units; null where it has errors, and the law's length is left unchecked.</param>
    /// <param name="isFixed">Whether the law is fixed.</param>
    /// <param name="cancellation">Ends the search for the attribute's syntax.</param>
    public static IEnumerable<Finding> Check(AttributeData attribute, IReadOnlyList<string>? units, bool isFixed, CancellationToken cancellation)
    {
        var expressions = NamedExpressions.Of(attribute, cancellation);
        var values = Values(attribute, expressions);

        if (isFixed)
        {
            foreach (var name in LawHyperparameters.Names.Where(values.ContainsKey))
            {
                yield return new(DeclarationRules.FixedLawDoesNotLearn, expressions[name].Parent!.GetLocation(), name);
                values.Remove(name);
            }
        }

        foreach (var value in values)
        {
            foreach (var finding in CheckOne(value.Key, value.Value, expressions[value.Key], units))
                yield return finding;
        }

        if (values.TryGetValue("Timing", out var timing) && MemberName(timing) == "Delayed")
        {
            foreach (var finding in CheckDelayed(values, expressions))
                yield return finding;
        }
    }

    /// <summary>The broken rules of an attribute beside [Adam] or [AdamW].</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="formula">The name of the other one.</param>
    /// <param name="cancellation">Ends the search for the attribute's syntax.</param>
    public static IEnumerable<Finding> CheckAdam(AttributeData attribute, string formula, CancellationToken cancellation)
    {
        var expressions = NamedExpressions.Of(attribute, cancellation);
        return Values(attribute, expressions).SelectMany(value => (value.Key, value.Value) switch
        {
            _ when LawHyperparameters.Names.Contains(value.Key) =>
                [new Finding(DeclarationRules.HyperparameterOfLinearMemory, expressions[value.Key].Parent!.GetLocation(), value.Key, formula)],
            ("MemoryFormat", var format) when MemberName(format) == "BFloat16" =>
                [LawChecks.OutOfRange(expressions[value.Key].GetLocation(), value.Key, "Float32 or BFloat16Stochastic", "BFloat16")],
            _ => CheckOne(value.Key, value.Value, expressions[value.Key], units: null),
        });
    }

    private static Dictionary<string, TypedConstant> Values(AttributeData attribute, Dictionary<string, ExpressionSyntax> expressions)
    {
        var values = new Dictionary<string, TypedConstant>();
        foreach (var argument in attribute.NamedArguments)
        {
            // What the compiler itself reports has no value, or no expression.
            if (argument.Value.Kind != TypedConstantKind.Error && expressions.ContainsKey(argument.Key))
                values[argument.Key] = argument.Value;
        }

        return values;
    }

    private static IEnumerable<Finding> CheckOne(string name, TypedConstant value, ExpressionSyntax expression, IReadOnlyList<string>? units)
    {
        if (value.Kind == TypedConstantKind.Array)
        {
            // An element without a value is the compiler's to report.
            return value.IsNull || value.Values.Any(element => element.Kind == TypedConstantKind.Error)
                ? []
                : LawChecks.Check(name, [.. value.Values.Select(element => (double)element.Value!)], expression.GetLocation(), ArrayElements.Of(expression), units);
        }

        var requirement = (name, value.Value) switch
        {
            ("LearningRate" or "LawLearningRate" or "WeightDecay", double number) when !(number >= 0 && LawChecks.IsFinite(number)) => "finite and at least 0",
            ("Epsilon", double number) when !(number > 0 && LawChecks.IsFinite(number)) => "finite and above 0",
            ("MaxGradientNorm", double number) when !(number > 0) => "above 0",
            ("LawInterval", < 1) => "at least 1",
            ("HoldCorrections", < 0) => "at least 0",
            _ when value.Kind == TypedConstantKind.Enum && MemberName(value) is null =>
                $"one of {string.Join(", ", Members(value).Select(member => member.Name))}",
            _ => null,
        };
        return requirement is null ? [] : [LawChecks.OutOfRange(expression.GetLocation(), name, requirement, Convert.ToString(value.Value, CultureInfo.InvariantCulture)!)];
    }

    private static IEnumerable<Finding> CheckDelayed(Dictionary<string, TypedConstant> values, Dictionary<string, ExpressionSyntax> expressions)
    {
        if (values.TryGetValue("MaxGradientNorm", out var norm) && norm.Value is double and > 0 and < double.PositiveInfinity)
        {
            yield return new(DeclarationRules.DelayedTimingConflict, expressions["MaxGradientNorm"].GetLocation(),
                "clip the gradient", "leave MaxGradientNorm out, or use LawTiming.Exact");
        }

        var isWritten = values.TryGetValue("SkipNonFinite", out var skip);
        if (!isWritten || skip.Value is true)
        {
            var expression = expressions[isWritten ? "SkipNonFinite" : "Timing"];
            yield return new(DeclarationRules.DelayedTimingConflict, expression.GetLocation(),
                "skip a gradient that is not finite", "set SkipNonFinite = false, or use LawTiming.Exact")
            {
                Suggestion = isWritten ? "false" : $"{expression}, SkipNonFinite = false",
            };
        }
    }

    private static string? MemberName(TypedConstant value) =>
        Members(value).FirstOrDefault(member => Equals(member.ConstantValue, value.Value))?.Name;

    private static IEnumerable<IFieldSymbol> Members(TypedConstant value) =>
        value.Type!.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue);
}
