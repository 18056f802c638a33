using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>Parses specs. Total: every text gives a tree, with one diagnostic for every syntax fault.</summary>
internal static class SpecParser
{
    /// <summary>Parses one text.</summary>
    /// <param name="text">The spec.</param>
    /// <param name="source">The text's index among those that make up a memory; diagnostics carry it.</param>
    /// <returns>The terms and the syntax faults; whether the terms make a meaningful memory is not looked at.</returns>
    public static SpecTree Parse(string text, int source = 0)
    {
        var reader = new TokenReader(text, source);
        var parser = new TermParser(reader);
        var terms = ImmutableArray.CreateBuilder<TermSyntax>();
        if (reader.Kind == TokenKind.End)
        {
            reader.Report(SpecRules.MissingTerm, new(0, text.Length), "The spec is empty");
        }

        SpecSpan? separator = null;
        while (reader.Kind != TokenKind.End)
        {
            if (TakeSeparator(reader) is { } lonely)
            {
                ReportLonely(lonely);
                separator = null;
                continue;
            }

            if (parser.Parse() is { } term)
            {
                terms.Add(term);
            }

            separator = Join(reader, parser);
        }

        if (separator is { } dangling)
        {
            ReportLonely(dangling);
        }

        return new(text, terms.ToImmutable(), reader.Diagnostics());

        void ReportLonely(SpecSpan span) =>
            reader.Report(SpecRules.MissingTerm, span, $"A term is missing beside '{reader.Text(span)}'");
    }

    /// <summary>Reads what stands between a term and the next one; gives the separator, where there is one.</summary>
    private static SpecSpan? Join(TokenReader reader, TermParser parser)
    {
        parser.SkipClosedGroups();
        if (TakeSeparator(reader) is { } separator)
        {
            return separator;
        }

        if (reader.IsTerm(reader.Position))
        {
            var span = reader.Tokens[reader.Position].Span;
            var name = reader.Text(span);
            reader.Report(SpecRules.MissingTerm, span, $"A separator is missing before '{name}'", "⊕ " + name);
        }
        else if (reader.Kind != TokenKind.End)
        {
            var start = reader.Position;
            while (!reader.IsTerm(reader.Position) && !reader.EndsArgument(reader.Position))
            {
                reader.Position++;
            }

            // Between two terms it stands where a separator should.
            reader.ReportText(SpecRules.UnexpectedCharacter, reader.Span(start, reader.Position), reader.IsTerm(reader.Position) ? "⊕" : null);
            return TakeSeparator(reader);
        }

        return null;
    }

    private static SpecSpan? TakeSeparator(TokenReader reader) =>
        reader.Kind is TokenKind.Oplus or TokenKind.Plus ? reader.Tokens[reader.Position++].Span : null;
}
