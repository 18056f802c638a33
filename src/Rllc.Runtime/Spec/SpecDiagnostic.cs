using System.Collections.Immutable;
using System.Globalization;

namespace Rllc.Spec;

/// <summary>One fault of a spec, located on its characters.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Source">Index of the spec text (a class may carry several attributes, united in order).</param>
/// <param name="Span">The characters at fault, inside that text and never empty (unless the text itself is empty).</param>
/// <param name="Arguments">What the rule's message format is filled with.</param>
/// <param name="Suggestion">A text to put in place of <paramref name="Span"/>, where one is likely meant.</param>
public sealed record SpecDiagnostic(Rule Rule, int Source, SpecSpan Span, ImmutableArray<string> Arguments, string? Suggestion = null)
{
    /// <summary>The rule's message with its arguments filled in.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat, [.. Arguments]);
}
