using System.Collections.Immutable;
using System.Globalization;

namespace Rllc.Spec;

/// <summary>A position in the words of a text, and the faults found on the way.</summary>
internal sealed class TokenReader(string text, int source)
{
    private readonly List<SpecDiagnostic> _diagnostics = [];

    public ImmutableArray<Token> Tokens { get; } = Lexer.Lex(text);

    public int Position { get; set; }

    public TokenKind Kind => KindAt(Position);

    public TokenKind KindAt(int index) => Tokens[index].Kind;

    public string Text(SpecSpan span) => text.Substring(span.Start, span.Length);

    /// <summary>Everything from one word up to another, <paramref name="to"/> excluded.</summary>
    public SpecSpan Span(int from, int to) => new(Tokens[from].Span.Start, Tokens[to - 1].Span.End - Tokens[from].Span.Start);

    /// <summary>The number that some words are, or null.</summary>
    public NumberSyntax? Number(int from, int to) => NumberParser.Parse(text, Tokens, from, to);

    /// <summary>
    /// Whether a separator, or the end, stands at an index, even inside of parentheses: a + belongs to a number unless a name follows.
    /// </summary>
    public bool EndsArgument(int index) =>
        KindAt(index) is TokenKind.End or TokenKind.Oplus || (KindAt(index) == TokenKind.Plus && IsName(index + 1));

    /// <summary>Whether an identifier other than the imaginary unit stands at an index.</summary>
    public bool IsName(int index) => KindAt(index) == TokenKind.Identifier && Text(Tokens[index].Span) != "i";

    /// <summary>Whether (+) stands at the position.</summary>
    public bool IsPlusInParentheses => Text(Tokens[Position].Span) == "(+)";

    /// <summary>Whether what stands at an index can only be a term.</summary>
    public bool IsTerm(int index) => IsName(index) && KindAt(index + 1) is TokenKind.Open or TokenKind.Colon or TokenKind.Subscript;

    /// <summary>Reports a rule whose message takes the characters at fault and the suggestion.</summary>
    public void ReportText(Rule rule, SpecSpan span, string? suggestion = null) => Report(rule, span, Visible(Text(span)), suggestion);

    /// <summary>Reports a rule whose message takes an argument and the suggestion.</summary>
    public void Report(Rule rule, SpecSpan span, string argument, string? suggestion = null) =>
        Add(rule, span, suggestion, argument, SpecRules.DidYouMean(suggestion));

    /// <summary>Reports a rule with all the arguments that its message takes.</summary>
    public void Add(Rule rule, SpecSpan span, string? suggestion, params string[] arguments) =>
        _diagnostics.Add(new(rule, source, span, ImmutableArray.Create(arguments), suggestion));

    /// <summary>The faults in order of position.</summary>
    public ImmutableArray<SpecDiagnostic> Diagnostics() => _diagnostics.OrderBy(diagnostic => diagnostic.Span.Start).ToImmutableArray();

    /// <summary>The text on one line, with characters that nobody sees as U+XXXX.</summary>
    private static string Visible(string text) => string.Concat(text.Select(c =>
        char.IsWhiteSpace(c) ? " "
        : char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format ? "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)
        : c.ToString()));
}
