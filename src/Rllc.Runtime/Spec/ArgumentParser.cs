namespace Rllc.Spec;

/// <summary>Parses the argument of a propagator, and reports what is wrong with it.</summary>
internal static class ArgumentParser
{
    /// <summary>
    /// Parses an argument whose parenthesis opens at the reader's position. One that is never closed ends at the next
    /// separator, and its number counts all the same.
    /// </summary>
    public static NumberSyntax? Parse(TokenReader reader)
    {
        var open = reader.Position;
        var close = open + 1;
        for (var depth = 1; !reader.EndsArgument(close); close++)
        {
            depth += reader.KindAt(close) switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (depth == 0)
            {
                break;
            }
        }

        var number = reader.Number(open + 1, close);
        if (reader.KindAt(close) != TokenKind.Close)
        {
            reader.Position = close;
            var unclosed = reader.Span(open, close);
            reader.ReportText(SpecRules.MissingParenthesis, unclosed, number is null ? null : reader.Text(unclosed) + ")");
            return number;
        }

        reader.Position = close + 1;
        if (number is null)
        {
            var isEmpty = close == open + 1;
            var span = isEmpty ? reader.Span(open, close + 1) : reader.Span(open + 1, close);
            reader.ReportText(SpecRules.MalformedNumber, span, Repair(reader.Text(span)));
        }

        return number;
    }

    /// <summary>The characters as the argument of a name, or null where they are no number.</summary>
    public static string? Call(string name, string characters)
    {
        var argument = characters.Trim('(', ')', ' ');
        return NumberParser.Parse(argument) is null ? null : $"{name}({argument})";
    }

    /// <summary>The number meant by one in the notation of another language, or null.</summary>
    private static string? Repair(string text)
    {
        var number = text.Replace(',', '.').Replace('–', '-').Replace('j', 'i').Replace('I', 'i').Replace("*", "").Trim('(', ')');
        return NumberParser.Parse(number) is null ? null : number;
    }
}
