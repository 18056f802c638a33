using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>Cuts a spec into words. Total: what is no word becomes <see cref="TokenKind.Unknown"/>, one character at a time.</summary>
internal static class Lexer
{
    /// <summary>The words of the text in order, white space left out, <see cref="TokenKind.End"/> last.</summary>
    public static ImmutableArray<Token> Lex(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        for (var start = 0; start < text.Length;)
        {
            if (char.IsWhiteSpace(text[start]))
            {
                start++;
                continue;
            }

            var (kind, length) = Next(text, start);
            tokens.Add(new(kind, new(start, length)));
            start += length;
        }

        tokens.Add(new(TokenKind.End, new(text.Length, 0)));
        return tokens.ToImmutable();
    }

    /// <summary>Whether the character is one of 0 to 9, and not a digit of another script.</summary>
    public static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static (TokenKind Kind, int Length) Next(string text, int start) => text[start] switch
    {
        '⊕' => (TokenKind.Oplus, 1),
        '(' when string.CompareOrdinal(text, start, "(+)", 0, 3) == 0 => (TokenKind.Oplus, 3),
        '(' => (TokenKind.Open, 1),
        ')' => (TokenKind.Close, 1),
        ':' => (TokenKind.Colon, 1),
        '+' => (TokenKind.Plus, 1),
        '-' or '−' => (TokenKind.Minus, 1),
        >= '₀' and <= '₉' => (TokenKind.Subscript, Run(text, start, static c => c is >= '₀' and <= '₉') - start),
        _ when NumberEnd(text, start) is var end && end > start => (TokenKind.Number, end - start),
        var c when Labels.IsIdentifierStart(c) => (TokenKind.Identifier, Run(text, start, Labels.IsIdentifierPart) - start),
        _ => (TokenKind.Unknown, char.IsSurrogatePair(text, start) ? 2 : 1),
    };

    /// <summary>Where the magnitude that starts here ends (digits, fraction, exponent); the start itself where none does.</summary>
    private static int NumberEnd(string text, int start)
    {
        var end = Run(text, start, IsDigit);
        if (At(text, end) == '.')
        {
            var fraction = Run(text, end + 1, IsDigit);
            end = fraction > end + 1 ? fraction : end;
        }

        if (end > start && At(text, end) is 'e' or 'E')
        {
            var digits = At(text, end + 1) is '+' or '-' or '−' ? end + 2 : end + 1;
            var exponent = Run(text, digits, IsDigit);
            end = exponent > digits ? exponent : end;
        }

        return end;
    }

    private static int Run(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return end;
    }

    private static char At(string text, int index) => index < text.Length ? text[index] : '\0';
}
