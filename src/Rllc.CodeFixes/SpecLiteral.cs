using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Rllc.Generators.Analysis;
using Rllc.Spec;

namespace Rllc.CodeFixes;

/// <summary>A spec in the source.</summary>
/// <param name="Token">The literal that it is written as.</param>
/// <param name="Characters">The source characters of each of its characters.</param>
internal sealed record SpecLiteral(SyntaxToken Token, ImmutableArray<TextSpan> Characters)
{
    /// <summary>The spec.</summary>
    public string Text => Token.ValueText;

    /// <summary>The literal at a place in the source; null where there is none that can be read.</summary>
    /// <param name="root">The file.</param>
    /// <param name="position">The place.</param>
    public static SpecLiteral? At(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        var characters = LiteralCharacters.Of(token);
        return characters.IsEmpty ? null : new(token, characters);
    }

    /// <summary>The source characters of a part of the spec.</summary>
    public TextSpan Locate(SpecSpan span) => TextSpan.FromBounds(Characters[span.Start].Start, Characters[span.End - 1].End);
}
