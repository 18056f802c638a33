using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Rllc.Generators;

namespace Rllc.CodeFixes.Tests;

/// <summary>Compares what a fix makes of a source with what it should, one diagnostic after the other and all at once.</summary>
internal static class FixAssert
{
    private const int MostSteps = 10;

    /// <summary>A fix makes one source of another one.</summary>
    /// <typeparam name="TFix">The fix.</typeparam>
    /// <param name="source">The source, with <c>{|RLLCnnn:…|}</c> around the characters that are reported; the namespace Rllc is imported.</param>
    /// <param name="repaired">What the fix makes of it; the same source where it offers nothing.</param>
    /// <param name="steps">How often it has to be applied to the first of the diagnostics; null where each of them needs it once.</param>
    public static async Task Fixes<TFix>(string source, string repaired, int? steps = null) where TFix : CodeFixProvider, new()
    {
        var (code, marks) = MarkedSource.Read(source);
        var document = SourceDocument.Of(code);
        var diagnostics = await Analyze(document);
        Assert.Equal(marks, diagnostics.Select(diagnostic => MarkedSource.Mark(code, diagnostic)));

        var (expected, _) = MarkedSource.Read(repaired);
        var (text, taken) = await FixOneByOne(document, new TFix());
        Assert.Equal(expected, text);
        Assert.Equal(steps ?? (expected == code ? 0 : marks.Count), taken);
        Assert.Equal(expected, await FixAll(document, diagnostics, new TFix()));
    }

    private static async Task<(string Text, int Steps)> FixOneByOne(Document document, CodeFixProvider fix)
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (await FirstOffer(document, await Analyze(document), fix) is not { } offer)
                return (await SourceDocument.TextOf(document), steps);
            document = await SourceDocument.Apply(document, offer);
        }
        throw new InvalidOperationException($"The fix still offers something after {MostSteps} steps.");
    }

    private static async Task<string> FixAll(Document document, ImmutableArray<Diagnostic> diagnostics, CodeFixProvider fix)
    {
        if (await FirstOffer(document, diagnostics, fix) is not { EquivalenceKey: var key })
            return await SourceDocument.TextOf(document);
        var context = new FixAllContext(document, fix, FixAllScope.Document, key, fix.FixableDiagnosticIds, new Reported(diagnostics), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        return await SourceDocument.TextOf(await SourceDocument.Apply(document, action!));
    }

    private static async Task<CodeAction?> FirstOffer(Document document, ImmutableArray<Diagnostic> diagnostics, CodeFixProvider fix)
    {
        CodeAction? first = null;
        foreach (var diagnostic in diagnostics.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => first ??= action, CancellationToken.None));
        return first;
    }

    private static async Task<ImmutableArray<Diagnostic>> Analyze(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var diagnostics = await compilation.WithAnalyzers([new PropagatorAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    /// <summary>Hands the diagnostics of the one document to a fix of all.</summary>
    private sealed class Reported(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => All();

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => All();

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        private Task<IEnumerable<Diagnostic>> All() => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
