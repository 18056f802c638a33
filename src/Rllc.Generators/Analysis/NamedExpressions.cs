using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>The expressions of an attribute's named arguments, as they are written.</summary>
internal static class NamedExpressions
{
    /// <summary>Those of an attribute, by the arguments' names.</summary>
    public static Dictionary<string, ExpressionSyntax> Of(AttributeData attribute, CancellationToken cancellation)
    {
        var expressions = new Dictionary<string, ExpressionSyntax>();
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        foreach (var argument in syntax.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals is { } named)
                expressions[named.Name.Identifier.ValueText] = argument.Expression;
        }

        return expressions;
    }
}
