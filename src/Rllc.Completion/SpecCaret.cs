using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Rllc.Generators.Analysis;
using Rllc.Spec;

namespace Rllc.Completion;

/// <summary>What may be written at a place of a spec.</summary>
/// <param name="Words">The words.</param>
/// <param name="Replaced">The source characters of the name that stands there.</param>
/// <param name="FollowsText">Whether something other than white space stands right before.</param>
internal sealed record SpecCaret(ImmutableArray<SpecWord> Words, TextSpan Replaced, bool FollowsText)
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
        var after = literal.ValueText.Substring(count);
        // The last one first.
        var tokens = Lexer.Lex(before).Where(token => token.Kind != TokenKind.End).Reverse().ToList();
        var start = tokens.FirstOrDefault() is { Kind: TokenKind.Identifier } name && name.Span.End == before.Length ? name.Span.Start : count;
        var end = count + after.TakeWhile(Labels.IsIdentifierPart).Count();
        var words = start < count ? Following(tokens.Skip(1).ToList()) : Following(tokens);
        if (words == SpecWord.Joints && (start < end || Lexer.Lex(after).First().Kind is TokenKind.Oplus or TokenKind.Plus))
            return null;
        return words.IsEmpty ? null : new(
            words,
            TextSpan.FromBounds(start < count ? characters[start].Start : position, end > count ? characters[end - 1].End : position),
            before.Length > 0 && !char.IsWhiteSpace(before.Last()));
    }

    private static ImmutableArray<SpecWord> Following(List<Token> tokens)
    {
        if (tokens.Count == 0)
            return SpecWord.Propagators;
        // Inside parentheses there are numbers, and a + of theirs.
        var term = tokens.TakeWhile(token => token.Kind != TokenKind.Oplus).ToList();
        if (term.Count(token => token.Kind == TokenKind.Open) > term.Count(token => token.Kind == TokenKind.Close))
            return ImmutableArray<SpecWord>.Empty;
        return tokens[0].Kind switch
        {
            TokenKind.Oplus or TokenKind.Plus or TokenKind.Colon => SpecWord.Propagators,
            TokenKind.Close => SpecWord.Joints,
            _ => ImmutableArray<SpecWord>.Empty,
        };
    }

    // What indents the last line of a raw literal is not of its value.
    private static bool IsWhiteSpace(SyntaxToken literal, int start, int end) =>
        start >= end || (end < literal.Span.End && string.IsNullOrWhiteSpace(literal.Text.Substring(start - literal.SpanStart, end - start)));

    // Of a raw literal without a character it is not known which of its lines is its text.
    private static bool IsBetweenQuotes(SyntaxToken literal, int position) =>
        literal.IsKind(SyntaxKind.StringLiteralToken) && !literal.ContainsDiagnostics && position == literal.Span.End - 1;
}
