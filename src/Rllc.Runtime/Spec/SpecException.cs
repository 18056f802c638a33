using System.Collections.Immutable;
using System.Text;

namespace Rllc.Spec;

/// <summary>A spec has no meaning. The message has the first errors, with the text and a mark under the characters at fault.</summary>
public sealed class SpecException : FormatException
{
    // Each comes with its line: of a long text with many faults the message would grow with the square of its length.
    private const int MostDescribed = 20;

    internal SpecException(SpecAnalysis analysis)
        : base(Describe(analysis)) =>
        Diagnostics = analysis.Diagnostics;

    /// <summary>Every fault, the warnings included.</summary>
    public ImmutableArray<SpecDiagnostic> Diagnostics { get; }

    private static string Describe(SpecAnalysis analysis)
    {
        var errors = analysis.Diagnostics.Where(diagnostic => diagnostic.Rule.Severity == RuleSeverity.Error).ToList();
        var described = errors.Take(MostDescribed).Select(diagnostic =>
            $"{diagnostic.Rule.Id}: {diagnostic.Message}\n{Mark(analysis.Trees[diagnostic.Source].Text, diagnostic.Span)}");
        var message = string.Join("\n", described);
        return errors.Count <= MostDescribed ? message : message + $"\nand {SpecRules.Number(errors.Count - MostDescribed)} more";
    }

    /// <summary>The line on which the span starts, and below it a caret for each character of the span on that line.</summary>
    private static string Mark(string text, SpecSpan span)
    {
        var start = span.Start == 0 ? 0 : text.LastIndexOf('\n', span.Start - 1) + 1;
        var end = text.IndexOf('\n', start);
        var line = text.Substring(start, (end < 0 ? text.Length : end) - start).TrimEnd('\r');
        var column = span.Start - start;
        var marks = new StringBuilder("    ");
        foreach (var c in line.Take(column))
        {
            marks.Append(c == '\t' ? '\t' : ' ');
        }

        return $"    {line}\n{marks.Append('^', Math.Max(1, Math.Min(span.Length, line.Length - column)))}";
    }
}
