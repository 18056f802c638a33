namespace Rllc.Spec;

internal enum TokenKind
{
    Identifier,
    Number,
    Subscript,
    Plus,
    Minus,
    Open,
    Close,
    Colon,

    /// <summary>⊕ or (+).</summary>
    Oplus,
    Unknown,

    /// <summary>The end of the text; its span is empty.</summary>
    End,
}

/// <summary>A word of the spec language. Numbers are magnitudes: sign and i are words of their own.</summary>
internal readonly record struct Token(TokenKind Kind, SpecSpan Span);
