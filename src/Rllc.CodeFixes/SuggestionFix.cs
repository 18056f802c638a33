using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Rllc.Generators;
using Rllc.Generators.Analysis;
using Rllc.Spec;

namespace Rllc.CodeFixes;

/// <summary>
/// Puts what a rule suggests in place of the characters that break it: the nearest propagator, CM for an M with a complex argument and
/// back, a free label, ⊕ for +.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SuggestionFix))]
[Shared]
public sealed class SuggestionFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        SpecRules.All.Add(DeclarationRules.DelayedTimingConflict).Add(DeclarationRules.PlainSeparator).Select(rule => rule.Id).ToImmutableArray();

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(Finding.SuggestionProperty, out var suggestion) && suggestion is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Change to '{suggestion}'",
                        cancellation => DocumentText.Change(context.Document, [new TextChange(diagnostic.Location.SourceSpan, suggestion)], cancellation),
                        equivalenceKey: nameof(SuggestionFix)),
                    diagnostic);
            }
        }

        return Task.CompletedTask;
    }
}
