using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace Rllc.Completion;

/// <summary>Offers propagators, and what joins them, inside the literal of <c>[Propagator("…")]</c>.</summary>
[ExportCompletionProvider(nameof(PropagatorCompletionProvider), LanguageNames.CSharp)]
public sealed class PropagatorCompletionProvider : CompletionProvider
{
    private const string Attribute = "Propagator";
    private const string AttributeType = "Rllc.PropagatorAttribute";
    private const string Description = nameof(Description);
    private const string Joint = nameof(Joint);

    // Only what is a part of the change: a colon makes a label of what is typed, a space is not to take anything.
    private static readonly CompletionItemRules NameRules = CommittedBy('(');
    private static readonly CompletionItemRules JointRules = CommittedBy();

    /// <inheritdoc/>
    /// <remarks>By the line alone, because it is asked at every key: what stands there really is found out when completions are asked for.</remarks>
    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options)
    {
        if (trigger.Kind != CompletionTriggerKind.Insertion || !(char.IsLetter(trigger.Character) || trigger.Character is '"' or ' ' or '⊕' or '+' or ':'))
            return false;
        var line = text.Lines.GetLineFromPosition(caretPosition);
        return text.ToString(TextSpan.FromBounds(line.Start, caretPosition)).Contains(Attribute);
    }

    /// <inheritdoc/>
    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (context.Position == 0 || root?.FindToken(context.Position - 1) is not { } literal || AttributeOf(literal) is not { } attribute
            || SpecCaret.Of(literal, context.Position) is not { } caret)
            return;
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model.GetTypeInfo(attribute, context.CancellationToken).Type?.ToDisplayString() != AttributeType)
            return;

        context.CompletionListSpan = caret.Replaced;
        context.IsExclusive = true;
        foreach (var (word, index) in caret.Words.Select((word, index) => (word, index)))
            context.AddItem(CompletionItem.Create(
                word.Text,
                // In this order, not in that of the alphabet.
                sortText: index.ToString(CultureInfo.InvariantCulture),
                properties: ImmutableDictionary<string, string>.Empty
                    .Add(Description, word.Description)
                    .Add(Joint, word.HasArgument ? "" : caret.FollowsText ? $" {word.Text} " : $"{word.Text} "),
                tags: ImmutableArray.Create(word.HasArgument ? WellKnownTags.Method : WellKnownTags.Operator),
                rules: word.HasArgument ? NameRules : JointRules,
                displayTextSuffix: word.Suffix,
                // Or editors on the other side of a language server leave the caret where it is.
                isComplexTextEdit: true));
    }

    /// <inheritdoc/>
    public override Task<CompletionDescription?> GetDescriptionAsync(Document document, CompletionItem item, CancellationToken cancellationToken) =>
        Task.FromResult<CompletionDescription?>(CompletionDescription.FromText(item.Properties[Description]));

    /// <inheritdoc/>
    public override async Task<CompletionChange> GetChangeAsync(Document document, CompletionItem item, char? commitKey, CancellationToken cancellationToken)
    {
        if (item.Properties[Joint] is { Length: > 0 } joint)
            return CompletionChange.Create(new TextChange(item.Span, joint), newPosition: item.Span.Start + joint.Length);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var parentheses = item.Span.End < text.Length && text[item.Span.End] == '(' ? "" : "()";
        return CompletionChange.Create(
            new TextChange(item.Span, item.DisplayText + parentheses),
            newPosition: item.Span.Start + item.DisplayText.Length + 1,
            includesCommitCharacter: commitKey == '(');
    }

    private static CompletionItemRules CommittedBy(params char[] characters) => CompletionItemRules.Create(
        commitCharacterRules: ImmutableArray.Create(CharacterSetModificationRule.Create(CharacterSetModificationKind.Replace, characters)));

    private static AttributeSyntax? AttributeOf(SyntaxToken literal) =>
        literal.Parent is LiteralExpressionSyntax { Parent: AttributeArgumentSyntax { Parent.Parent: AttributeSyntax attribute } } ? attribute : null;
}
