using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Rllc.Generators;
using Rllc.Generators.Analysis;

namespace Rllc.CodeFixes;

/// <summary>Removes the last coefficients of a law that has more of them than its memory has units.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShortenLawFix))]
[Shared]
public sealed class ShortenLawFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DeclarationRules.LawLength.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || UnitCount(diagnostic) is not { } unitCount)
                continue;
            var coefficients = Coefficients(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true));
            if (coefficients.Count <= unitCount)
                continue;
            var surplus = TextSpan.FromBounds(coefficients[unitCount - 1].Span.End, coefficients[coefficients.Count - 1].Span.End);
            context.RegisterCodeFix(
                CodeAction.Create(
                    string.Format(CultureInfo.InvariantCulture, "Keep the first {0} of {1} coefficients", unitCount, coefficients.Count),
                    cancellation => DocumentText.Change(context.Document, [new TextChange(surplus, "")], cancellation),
                    equivalenceKey: nameof(ShortenLawFix)),
                diagnostic);
        }
    }

    private static int? UnitCount(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(Finding.LengthProperty, out var length) && length is not null
            ? int.Parse(length, CultureInfo.InvariantCulture)
            : null;

    // As far as they are written one by one: the arguments of [FixedLaw], or the elements of an array.
    private static IReadOnlyList<ExpressionSyntax> Coefficients(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<ExpressionSyntax>() is { } expression && ArrayElements.Of(expression) is { Count: > 0 } elements)
            return elements;
        return node.FirstAncestorOrSelf<AttributeArgumentListSyntax>() is { } arguments
            ? [.. arguments.Arguments.Where(argument => argument.NameEquals is null).Select(argument => argument.Expression)]
            : [];
    }
}
