extern alias generators;

using generators::Rllc.Generators;
using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Rules;

/// <summary>Compares what the analyzer reports with the marks in a source: <c>[|…|]</c> around the characters at fault.</summary>
internal static class RuleAssert
{
    private const string Open = "[|";
    private const string Close = "|]";

    /// <summary>Exactly the marked characters are reported, and nothing else but what is good to know.</summary>
    /// <param name="id">The rule of every report.</param>
    /// <param name="source">The marked source; the namespace Rllc is imported.</param>
    /// <param name="messages">The messages in order of position, where a test asks for them.</param>
    public static async Task Reports(string id, string source, params string[] messages)
    {
        var (code, marks) = Unmark(source);
        Assert.NotEmpty(marks);

        var diagnostics = (await Analyze(code)).Where(diagnostic => diagnostic.Id == id || IsFault(diagnostic)).ToList();

        Assert.Equal(marks, diagnostics.Select(diagnostic => Text(code, diagnostic)));
        Assert.All(diagnostics, diagnostic => Assert.Equal(id, diagnostic.Id));
        if (messages.Length > 0)
            Assert.Equal(messages, diagnostics.Select(diagnostic => diagnostic.GetMessage()));
    }

    /// <summary>Nothing is reported but what is good to know.</summary>
    public static async Task ReportsNothing(string source) => Assert.DoesNotContain(await Analyze(source), IsFault);

    /// <summary>Whether something is wrong.</summary>
    public static bool IsFault(Diagnostic diagnostic) => diagnostic.Severity > DiagnosticSeverity.Info;

    /// <summary>Exactly the marked characters of a spec are reported, once, and what is suggested in their place repairs them.</summary>
    /// <param name="id">The rule that is broken.</param>
    /// <param name="spec">The marked spec, as in a regular literal.</param>
    /// <param name="suggestion">What is suggested; null for nothing.</param>
    public static async Task ReportsSpec(string id, string spec, string? suggestion = null)
    {
        await Reports(id, Declaration(spec));

        var (code, _) = Unmark(Declaration(spec));
        var diagnostic = Assert.Single(await Analyze(code));
        Assert.Equal(suggestion, diagnostic.Properties.GetValueOrDefault("Suggestion"));
        if (suggestion is null)
            return;

        var span = diagnostic.Location.SourceSpan;
        var repaired = code.Remove(span.Start, span.Length).Insert(span.Start, suggestion);
        Assert.DoesNotContain(await Analyze(repaired), left => left.Id == id);
    }

    /// <summary>A spec breaks no rule.</summary>
    public static Task AcceptsSpec(string spec) => ReportsNothing(Declaration(spec));

    /// <summary>What the analyzer reports on a source, in order of position.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Analyze(string source) =>
        await Project(source).AnalyzeAsync(new PropagatorAnalyzer());

    /// <summary>A consumer's project with one source; the namespace Rllc is imported.</summary>
    public static ConsumerProject Project(string source) => ConsumerProject.Of(source, "global using Rllc;");

    private static string Declaration(string spec) => $"""
        [Propagator("{spec}")]
        sealed partial class Declared;
        """;

    private static (string Code, IReadOnlyList<string> Marks) Unmark(string source)
    {
        var marks = new List<string>();
        for (var open = source.IndexOf(Open, StringComparison.Ordinal); open >= 0; open = source.IndexOf(Open, StringComparison.Ordinal))
        {
            var close = source.IndexOf(Close, open, StringComparison.Ordinal);
            var marked = source[(open + Open.Length)..close];
            source = source[..open] + marked + source[(close + Close.Length)..];
            marks.Add($"{open}: {marked}");
        }

        return (source, marks);
    }

    private static string Text(string code, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.SourceSpan;
        return $"{span.Start}: {code.Substring(span.Start, span.Length)}";
    }
}
