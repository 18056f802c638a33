using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>The spec of one [Propagator] attribute and the C# expression it is written as.</summary>
internal sealed class SpecArgument
{
    private readonly ExpressionSyntax _expression;
    private readonly ImmutableArray<TextSpan> _characters;

    private SpecArgument(string text, ExpressionSyntax expression)
    {
        Text = text;
        _expression = expression;
        _characters = WithoutParentheses(expression) is LiteralExpressionSyntax literal
            ? LiteralCharacters.Of(literal.Token)
            : ImmutableArray<TextSpan>.Empty;
    }

    /// <summary>The spec.</summary>
    public string Text { get; }

    /// <summary>Whether characters of the spec can be told apart in the source: it is written as one literal.</summary>
    public bool IsLiteral => !_characters.IsEmpty;

    /// <summary>Reads the argument; null where the compiler itself reports it (missing, not constant, an unfinished literal).</summary>
    public static SpecArgument? Read(AttributeData attribute, CancellationToken cancellation)
    {
        if (attribute.ConstructorArguments is not { Length: 1 } arguments || arguments[0].Kind == TypedConstantKind.Error)
            return null;

        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var expression = syntax.ArgumentList!.Arguments[0].Expression;
        return expression.ContainsDiagnostics ? null : new SpecArgument(arguments[0].Value as string ?? "", expression);
    }

    /// <summary>The source characters of a part of the spec; the whole argument where it is not one literal.</summary>
    public Location Locate(SpecSpan span) => Location.Create(
        _expression.SyntaxTree,
        IsLiteral ? TextSpan.FromBounds(_characters[span.Start].Start, _characters[span.End - 1].End) : _expression.Span);

    private static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        return expression;
    }
}
