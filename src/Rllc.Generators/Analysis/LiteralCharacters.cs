using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Rllc.Generators.Analysis;

/// <summary>Finds for every character of a string literal's value the source characters that stand for it.</summary>
internal static class LiteralCharacters
{
    /// <summary>
    /// The source span of each UTF-16 character of the literal's value, in order. Two characters written as one
    /// \U escape share its span. Empty where the token is no string literal or has a syntax error.
    /// </summary>
    public static ImmutableArray<TextSpan> Of(SyntaxToken literal)
    {
        if (literal.ContainsDiagnostics)
            return ImmutableArray<TextSpan>.Empty;

        var spans = ImmutableArray.CreateBuilder<TextSpan>(literal.ValueText.Length);
        switch (literal.Kind())
        {
            case SyntaxKind.StringLiteralToken when literal.Text.StartsWith("@", StringComparison.Ordinal):
                AddVerbatim(literal, spans);
                break;
            case SyntaxKind.StringLiteralToken:
                AddRegular(literal, spans);
                break;
            case SyntaxKind.SingleLineRawStringLiteralToken:
                var quotes = QuoteCount(literal.Text);
                AddPlain(literal, quotes, literal.Text.Length - quotes, spans);
                break;
            case SyntaxKind.MultiLineRawStringLiteralToken:
                AddMultiLineRaw(literal, spans);
                break;
        }

        return spans.ToImmutable();
    }

    private static void AddRegular(SyntaxToken literal, ImmutableArray<TextSpan>.Builder spans)
    {
        var text = literal.Text;
        for (var i = 1; i < text.Length - 1;)
        {
            var length = text[i] == '\\' ? EscapeLength(text, i) : 1;
            var span = new TextSpan(literal.SpanStart + i, length);
            spans.Add(span);
            if (length == 10 && !IsOneCharacter(text, i))
                spans.Add(span);
            i += length;
        }
    }

    private static int EscapeLength(string text, int start)
    {
        switch (text[start + 1])
        {
            case 'u':
                return 6;
            case 'U':
                return 10;
            case 'x':
                var end = start + 2;
                while (end < start + 6 && Uri.IsHexDigit(text[end]))
                    end++;
                return end - start;
            default:
                return 2;
        }
    }

    // \U0000XXXX is within the first 65,536 code points; every other \U stands for a surrogate pair.
    private static bool IsOneCharacter(string text, int start) => string.CompareOrdinal(text, start + 2, "0000", 0, 4) == 0;

    private static void AddVerbatim(SyntaxToken literal, ImmutableArray<TextSpan>.Builder spans)
    {
        var text = literal.Text;
        for (var i = 2; i < text.Length - 1;)
        {
            var length = text[i] == '"' ? 2 : 1;
            spans.Add(new TextSpan(literal.SpanStart + i, length));
            i += length;
        }
    }

    // The value is the lines between the first and the last, each without the whitespace that indents the closing quotes.
    private static void AddMultiLineRaw(SyntaxToken literal, ImmutableArray<TextSpan>.Builder spans)
    {
        var text = literal.Text;
        var lastLine = text.Length - QuoteCount(text);
        while (lastLine > 0 && !SyntaxFacts.IsNewLine(text[lastLine - 1]))
            lastLine--;
        var indentation = text.Length - QuoteCount(text) - lastLine;

        for (var line = NextLine(text, 0); line < lastLine;)
        {
            var next = NextLine(text, line);
            var end = next == lastLine ? LineEnd(text, line) : next;
            AddPlain(literal, line + Math.Min(indentation, LineEnd(text, line) - line), end, spans);
            line = next;
        }
    }

    private static int LineEnd(string text, int position)
    {
        while (!SyntaxFacts.IsNewLine(text[position]))
            position++;
        return position;
    }

    private static int NextLine(string text, int position)
    {
        var end = LineEnd(text, position);
        return text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
    }

    private static void AddPlain(SyntaxToken literal, int start, int end, ImmutableArray<TextSpan>.Builder spans)
    {
        for (var i = start; i < end; i++)
            spans.Add(new TextSpan(literal.SpanStart + i, 1));
    }

    private static int QuoteCount(string text)
    {
        var count = 0;
        while (text[count] == '"')
            count++;
        return count;
    }
}
