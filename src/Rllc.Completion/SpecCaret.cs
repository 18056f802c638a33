using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Rllc.Generators.Analysis;
using Rllc.Spec;

namespace Rllc.Completion;

/// <summary>What may be written at a place of a spec.</summary>
/// <param name="Words">The words.</param>
/// <param name="Typed">The source characters of what has been typed of one.</param>
internal sealed record SpecCaret(ImmutableArray<SpecWord> Words, TextSpan Typed)
{
    /// <summary>Of a string literal; null where nothing that has a name may stand, or the place is not in the literal.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="position">A place in the source.</param>
    public static SpecCaret? Of(SyntaxToken literal, int position)
    {
        var characters = LiteralCharacters.Of(literal);
        if (characters.IsEmpty ? !IsBetweenQuotes(literal, position) : position < characters.First().Start || !IsWhiteSpace(literal, characters.Last().End, position))
            return null;
        var count = characters.Count(character => character.End <= position);
        if (count < characters.Length && characters[count].Start < position)
            return null;

        var before = literal.ValueText.Substring(0, count);
        // Without the end of the text.
        var tokens = Lexer.Lex(before).Where(token => token.Kind != TokenKind.End).Reverse().ToList();
        var typed = tokens.FirstOrDefault() is { Kind: TokenKind.Identifier } name && name.Span.End == before.Length ? name.Span.Length : 0;
        var words = Following(typed > 0 ? tokens.Skip(1).ToList() : tokens, typed > 0);
        return words.IsEmpty ? null : new(words, TextSpan.FromBounds(typed == 0 ? position : characters[count - typed].Start, position));
    }

    // After tokens, the last one first.
    private static ImmutableArray<SpecWord> Following(List<Token> tokens, bool isTyped)
    {
        // Inside parentheses there are numbers.
        if (tokens.Count(token => token.Kind == TokenKind.Open) > tokens.Count(token => token.Kind == TokenKind.Close))
            return ImmutableArray<SpecWord>.Empty;
        return tokens.Count == 0 ? SpecWord.Propagators : tokens[0].Kind switch
        {
            TokenKind.Oplus or TokenKind.Plus or TokenKind.Colon => SpecWord.Propagators,
            TokenKind.Close when !isTyped => SpecWord.Joints,
            _ => ImmutableArray<SpecWord>.Empty,
        };
    }

    // What indents the last line of a raw literal is not of its value.
    private static bool IsWhiteSpace(SyntaxToken literal, int start, int end) =>
        start >= end || (end < literal.Span.End && string.IsNullOrWhiteSpace(literal.Text.Substring(start - literal.SpanStart, end - start)));

    // Raw literals are never empty.
    private static bool IsBetweenQuotes(SyntaxToken literal, int position) =>
        literal.IsKind(SyntaxKind.StringLiteralToken) && !literal.ContainsDiagnostics && position == literal.Span.End - 1;
}
