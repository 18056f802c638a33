namespace Rllc.Spec;

/// <summary>Parses one term, <c>label: M2(0.6)</c>; after a fault it goes on with the next part that can be made out.</summary>
internal sealed class TermParser(TokenReader reader)
{
    /// <summary>Parentheses open around terms. They were reported when they opened; those that close them are not at fault.</summary>
    private int _groups;

    /// <summary>Parses the term at the reader's position, which is no separator and not the end; null where there is nothing of a term.</summary>
    public TermSyntax? Parse()
    {
        var start = reader.Position;
        var label = ParseLabel();
        SkipToName(afterLabel: reader.Position > start);
        if (reader.Kind != TokenKind.Identifier)
        {
            return label is null ? null : new(reader.Span(start, reader.Position), label, null, null, null);
        }

        start = label is null ? reader.Position : start;
        var head = ParseHead(label);
        var number = ParseArgument(head);
        return new(reader.Span(start, reader.Position), label, head.Name, head.Order, number);
    }

    /// <summary>Skips the parentheses that close those opened around terms.</summary>
    public void SkipClosedGroups()
    {
        for (; _groups > 0 && reader.Kind == TokenKind.Close; _groups--)
        {
            reader.Position++;
        }
    }

    /// <summary>The label, where a colon stands before the argument.</summary>
    private NameSyntax? ParseLabel()
    {
        var start = reader.Position;
        var colon = -1;
        for (var i = start; reader.KindAt(i) is not (TokenKind.Open or TokenKind.Plus or TokenKind.Oplus or TokenKind.End); i++)
        {
            colon = reader.KindAt(i) == TokenKind.Colon ? i : colon;
        }

        if (colon < 0)
        {
            return null;
        }

        reader.Position = colon + 1;
        if (colon == start)
        {
            reader.ReportText(SpecRules.UnexpectedCharacter, reader.Tokens[colon].Span);
            return null;
        }

        var span = reader.Span(start, colon);
        var text = reader.Text(span);
        if (colon == start + 1 && reader.KindAt(start) == TokenKind.Identifier)
        {
            return new(span, text);
        }

        var suggestion = Labels.Identifier(text);
        reader.Add(SpecRules.InvalidLabel, span, suggestion, text, "it is not a C# identifier", SpecRules.DidYouMean(suggestion));
        return null;
    }

    /// <summary>Reports whatever stands before the propagator's name; where none follows, stops at the separator or the end.</summary>
    private void SkipToName(bool afterLabel)
    {
        if (afterLabel && reader.Kind is TokenKind.Plus or TokenKind.Oplus or TokenKind.End)
        {
            reader.Report(SpecRules.MissingTerm, reader.Tokens[reader.Position - 1].Span, "A term is missing after ':'");
        }

        while (reader.Kind is not (TokenKind.Identifier or TokenKind.Plus or TokenKind.Oplus or TokenKind.End))
        {
            var start = reader.Position;
            if (reader.Kind == TokenKind.Open && reader.IsName(start + 1))
            {
                _groups++;
                reader.Position++;
            }
            else
            {
                while (!reader.EndsArgument(reader.Position) && !reader.IsName(reader.Position))
                {
                    reader.Position++;
                }
            }

            var span = reader.Span(start, reader.Position);
            var text = reader.Text(span);
            if (reader.Kind != TokenKind.Identifier && NumberParser.Parse(text.Trim('(', ')')) is { } number)
            {
                reader.ReportText(SpecRules.UnknownPropagator, span, ArgumentParser.Call(PropagatorNames.For(number), text));
            }
            else
            {
                reader.ReportText(SpecRules.UnexpectedCharacter, span);
            }
        }
    }

    /// <summary>The propagator's name and order; the reader stops behind them.</summary>
    private TermHead ParseHead(NameSyntax? label)
    {
        var head = TermHead.Parse(reader, reader.Position);
        if (!head.IsKnown && reader.IsName(reader.Position + 1) && TermHead.Parse(reader, reader.Position + 1) is { IsKnown: true } next)
        {
            // Two names in a row: a label without its colon.
            var span = reader.Tokens[reader.Position].Span;
            reader.ReportText(SpecRules.UnknownPropagator, span, label is null ? reader.Text(span) + ":" : null);
            head = next;
        }

        reader.Position = head.End;
        return head;
    }

    /// <summary>The argument behind a head; reports at most one fault of the head, and one of the argument.</summary>
    private NumberSyntax? ParseArgument(TermHead head)
    {
        var start = reader.Position;
        while (reader.Kind is not (TokenKind.Open or TokenKind.Close) && !reader.EndsArgument(reader.Position) &&
            (reader.Position == start || !reader.IsTerm(reader.Position)))
        {
            reader.Position++;
        }

        NumberSyntax? number = null;
        SpecSpan? unparenthesized = null;
        var skipped = reader.Position;
        if (reader.Kind == TokenKind.Open)
        {
            number = ArgumentParser.Parse(reader);
        }
        else if (reader.IsPlusInParentheses && !reader.IsName(reader.Position + 1))
        {
            // Looks like a separator, but no term follows: it was meant as an argument.
            reader.ReportText(SpecRules.MalformedNumber, reader.Tokens[reader.Position++].Span);
        }
        else
        {
            reader.Position += reader.Kind == TokenKind.Close && _groups == 0 ? 1 : 0;
            unparenthesized = reader.Span(head.Start, reader.Position);
        }

        ReportFault(head, unparenthesized, start < skipped ? reader.Span(start, skipped) : null, number);
        return number;
    }

    private void ReportFault(TermHead head, SpecSpan? unparenthesized, SpecSpan? skipped, NumberSyntax? number)
    {
        if (!head.IsKnown)
        {
            reader.ReportText(SpecRules.UnknownPropagator, head.Name.Span, PropagatorNames.Suggest(head.Name.Text, number));
        }
        else if (unparenthesized is { } span)
        {
            var text = reader.Text(span);
            // M0.9 reads as an order of 0, but is a number without its parentheses.
            var suggestion = text.Length == head.Text.Length ? null
                : ArgumentParser.Call(head.Name.Text, text.Substring(head.Name.Text.Length))
                    ?? ArgumentParser.Call(head.Text, text.Substring(head.Text.Length));
            reader.ReportText(SpecRules.MissingParenthesis, span, suggestion);
        }
        else if (skipped is { } characters)
        {
            reader.ReportText(SpecRules.UnexpectedCharacter, characters);
        }
        else if (head.OrderFault is { } order)
        {
            reader.Add(SpecRules.OrderOutOfRange, order, null, reader.Text(order), SpecRules.Number(PropagatorSpec.MaxUnits));
        }
    }
}
