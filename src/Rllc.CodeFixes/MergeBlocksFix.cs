using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Rllc.Spec;

namespace Rllc.CodeFixes;

/// <summary>Makes one confluent block of all blocks with the same eigenvalue: M2(0.9) of M(0.9) ⊕ M(0.9).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MergeBlocksFix))]
[Shared]
public sealed class MergeBlocksFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SpecRules.RepeatedEigenvalue.Id);

    /// <inheritdoc/>
    /// <remarks>Every repetition of an eigenvalue has the same fix, which must be made once.</remarks>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
        await Apply(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && RepeatedBlocks.Of(root, diagnostic.Location.SourceSpan) is { } blocks)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Merge into '{blocks.Merged}'",
                        cancellation => Apply(context.Document, ImmutableArray.Create(diagnostic), cancellation),
                        equivalenceKey: nameof(MergeBlocksFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> Apply(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var changes = diagnostics
            .Select(diagnostic => RepeatedBlocks.Of(root, diagnostic.Location.SourceSpan))
            .OfType<RepeatedBlocks>()
            .SelectMany(blocks => blocks.Changes)
            .Distinct()
            .OrderBy(change => change.Span.Start);
        return await DocumentText.Change(document, changes, cancellation).ConfigureAwait(false);
    }
}
