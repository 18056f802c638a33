using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Rllc.Generators.Analysis;

namespace Rllc.CodeFixes;

/// <summary>Writes several [Propagator] attributes of one declaration as one, with ⊕ between their specs.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(UniteSpecsRefactoring))]
[Shared]
public sealed class UniteSpecsRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: TypeDeclarationSyntax declaration } chosen ||
            model?.GetDeclaredSymbol(declaration, cancellation) is not INamedTypeSymbol type ||
            DeclarationAttributes.Of(model.Compilation) is not { Propagator: var propagator })
        {
            return;
        }

        var attributes = DeclarationAttributes.On(type, propagator)
            .Select(attribute => attribute.ApplicationSyntaxReference!.GetSyntax(cancellation)).OfType<AttributeSyntax>().ToList();
        // Those of another part of the class stay where somebody has put them.
        if (attributes.Count < 2 || !attributes.Contains(chosen) || attributes.Any(attribute => attribute.Parent!.Parent != declaration))
            return;
        var literals = attributes.Select(attribute => Literal(attribute)).OfType<LiteralExpressionSyntax>().ToList();
        if (literals.Count == attributes.Count)
        {
            context.RegisterRefactoring(CodeAction.Create(
                "Unite in one [Propagator]",
                cancellation => Unite(document, attributes, literals, cancellation),
                equivalenceKey: nameof(UniteSpecsRefactoring)));
        }
    }

    private static LiteralExpressionSyntax? Literal(AttributeSyntax attribute) =>
        attribute.ArgumentList is { Arguments: { Count: 1 } arguments } && arguments[0].Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal
            : null;

    private static async Task<Document> Unite(
        Document document, List<AttributeSyntax> attributes, List<LiteralExpressionSyntax> literals, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var spec = string.Join(" ⊕ ", literals.Select(literal => literal.Token.ValueText.Trim()));
        editor.ReplaceNode(literals[0], SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(spec)));
        foreach (var attribute in attributes.Skip(1))
            editor.RemoveNode(attribute);
        return editor.GetChangedDocument();
    }
}
