using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>The bounds of a law, wherever it is written; the same that the options keep at run time.</summary>
internal static class LawChecks
{
    /// <summary>The broken rules of a [FixedLaw] attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="spec">The memory of the class; null where its spec has errors, and the law's length is left unchecked.</param>
    /// <param name="cancellation">Ends the search for the attribute's syntax.</param>
    public static IEnumerable<Finding> Check(AttributeData attribute, PropagatorSpec? spec, CancellationToken cancellation)
    {
        if (FixedLawReader.Read(attribute) is not { } law)
            return [];
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var expressions = (syntax.ArgumentList?.Arguments ?? default).Select(argument => argument.Expression).ToList();
        if (expressions.Count == 0)
            return Check("FixedLaw", law, syntax.GetLocation(), [], spec);
        var whole = Location.Create(syntax.SyntaxTree, syntax.ArgumentList!.Arguments.Span);
        var elements = expressions.Count == 1 && Elements(expressions[0]) is { Count: > 0 } written ? written : expressions;
        return Check("FixedLaw", law, whole, elements, spec);
    }

    /// <summary>The broken rules of a law.</summary>
    /// <param name="name">What it is written as.</param>
    /// <param name="law">Its coefficients.</param>
    /// <param name="whole">Where it is.</param>
    /// <param name="elements">The expressions of its coefficients, as far as they are written one by one.</param>
    /// <param name="spec">The memory; null where the law's length is left unchecked.</param>
    public static IEnumerable<Finding> Check(
        string name, IReadOnlyList<double> law, Location whole, IReadOnlyList<ExpressionSyntax> elements, PropagatorSpec? spec)
    {
        if (spec is not null && law.Count != spec.UnitCount)
            yield return new(DeclarationRules.LawLength, whole, LawLength.Arguments(name, law.Count, spec));

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

    /// <summary>The expressions between the brackets of an array; none where they are not written.</summary>
    public static IReadOnlyList<ExpressionSyntax> Elements(ExpressionSyntax array) => array switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions,
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression).ToList(),
        _ => [],
    };

    /// <summary>Whether a number is neither infinite nor NaN.</summary>
    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
