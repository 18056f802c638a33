using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>The bounds of a law, wherever it is written; the same that the options keep at run time.</summary>
internal static class LawChecks
{
    /// <summary>The broken rules of a [FixedLaw] attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="units">The names of the units that it is for; null where the memory has errors, and the law's length is left unchecked.</param>
    /// <param name="cancellation">Ends the search for the attribute's syntax.</param>
    public static IEnumerable<Finding> Check(AttributeData attribute, IReadOnlyList<string>? units, CancellationToken cancellation)
    {
        if (FixedLawReader.Read(attribute) is not { } law)
            return [];
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var expressions = (syntax.ArgumentList?.Arguments ?? default).Select(argument => argument.Expression).ToList();
        if (expressions.Count == 0)
            return Check("FixedLaw", law, syntax.GetLocation(), [], units);
        var whole = Location.Create(syntax.SyntaxTree, syntax.ArgumentList!.Arguments.Span);
        var elements = expressions.Count == 1 && ArrayElements.Of(expressions[0]) is { Count: > 0 } written ? written : expressions;
        return Check("FixedLaw", law, whole, elements, units);
    }

    /// <summary>The broken rules of a law.</summary>
    /// <param name="name">What it is written as.</param>
    /// <param name="law">Its coefficients.</param>
    /// <param name="whole">Where it is.</param>
    /// <param name="elements">The expressions of its coefficients, as far as they are written one by one.</param>
    /// <param name="units">The names of the units that it is for; null where its length is left unchecked.</param>
    public static IEnumerable<Finding> Check(
        string name, IReadOnlyList<double> law, Location whole, IReadOnlyList<ExpressionSyntax> elements, IReadOnlyList<string>? units)
    {
        if (units is not null && law.Count != units.Count)
            yield return new(DeclarationRules.LawLength, whole, LawLength.Arguments(name, law.Count, units)) { Length = units.Count };

        for (var i = 0; i < law.Count; i++)
        {
            if (!IsFinite(law[i]))
            {
                var location = i < elements.Count ? elements[i].GetLocation() : whole;
                yield return OutOfRange(location, FormattableString.Invariant($"{name}[{i}]"), "finite", law[i].ToString(CultureInfo.InvariantCulture));
            }
        }

        if (law.Count > 0 && law.All(coefficient => coefficient == 0))
            yield return OutOfRange(whole, name, "other than all zeros", $"[{string.Join(", ", law.Select(_ => "0"))}]");
    }

    /// <summary>A value outside its range.</summary>
    public static Finding OutOfRange(Location location, string name, string requirement, string value) =>
        new(DeclarationRules.HyperparameterOutOfRange, location, name, requirement, value);

    /// <summary>Whether a number is neither infinite nor NaN.</summary>
    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
