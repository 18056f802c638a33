using System.Collections.Immutable;
using System.Globalization;

namespace Rllc.Spec;

/// <summary>Reads the argument of a propagator: one real part, one imaginary part, or both in either order.</summary>
internal static class NumberParser
{
    /// <summary>The number that a text is, or null.</summary>
    public static NumberSyntax? Parse(string text)
    {
        var tokens = Lexer.Lex(text);
        return Parse(text, tokens, 0, tokens.Length - 1);
    }

    /// <summary>The number that the words from <paramref name="from"/> up to <paramref name="to"/> (excluded) are, or null.</summary>
    public static NumberSyntax? Parse(string text, ImmutableArray<Token> tokens, int from, int to)
    {
        string? real = null, imaginary = null;
        for (var at = from; at < to;)
        {
            var sign = tokens[at].Kind is TokenKind.Plus or TokenKind.Minus ? tokens[at++].Kind : (TokenKind?)null;
            if (sign is null && at > from)
            {
                return null;
            }

            var digits = at < to && tokens[at].Kind == TokenKind.Number ? TextOf(tokens[at++]) : null;
            var isImaginary = at < to && TextOf(tokens[at]) == "i";
            ref var part = ref isImaginary ? ref imaginary : ref real;
            if ((digits is null && !isImaginary) || part is not null)
            {
                return null;
            }

            part = (sign == TokenKind.Minus ? "-" : "") + (digits ?? "1");
            at += isImaginary ? 1 : 0;
        }

        if (from == to || Value(real ?? "0") is not { } re || Value(imaginary ?? "0") is not { } im)
        {
            return null;
        }

        var start = tokens[from].Span.Start;
        var span = new SpecSpan(start, tokens[to - 1].Span.End - start);
        return new(span, re, im, imaginary is not null, real ?? "0", imaginary ?? "0");

        string TextOf(Token token) => text.Substring(token.Span.Start, token.Span.Length).Replace('−', '-');
    }

    /// <summary>The finite value of a literal, or null; zero has no sign.</summary>
    private static double? Value(string literal) =>
        double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value)
            ? value == 0 ? 0 : value
            : null;
}
