using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Rllc.Spec;

namespace Rllc.CodeFixes;

/// <summary>The blocks of one eigenvalue in one literal.</summary>
/// <param name="Merged">The block that does the work of all of them.</param>
/// <param name="Changes">What makes it of them: the first one becomes it, the others go, each with the separator before it.</param>
internal sealed record RepeatedBlocks(string Merged, ImmutableArray<TextChange> Changes)
{
    /// <summary>Finds the blocks; null where some are in another attribute, or not written as one literal.</summary>
    /// <param name="root">The file.</param>
    /// <param name="repetition">The source characters of one that is reported.</param>
    public static RepeatedBlocks? Of(SyntaxNode root, TextSpan repetition)
    {
        if (SpecLiteral.At(root, repetition.Start) is not { } literal)
            return null;

        // The spec of this literal alone: a repetition of what another attribute has is none here.
        var analysis = PropagatorSpec.Analyze(literal.Text);
        var repetitions = analysis.Diagnostics.Where(diagnostic => diagnostic.Rule == SpecRules.RepeatedEigenvalue).ToList();
        if (repetitions.Find(diagnostic => literal.Locate(diagnostic.Span) == repetition) is not { } reported)
            return null;
        var (first, merged) = (reported.Arguments[1], reported.Arguments[2]);

        var blocks = SpecBlock.Of(analysis.Trees);
        var terms = analysis.Trees[0].Terms;
        var changes = repetitions.Where(diagnostic => diagnostic.Arguments[1] == first).Select(diagnostic => Remove(diagnostic.Span));
        return new(merged, changes.Prepend(new(literal.Locate(blocks.First(block => block.CoreText == first).Core), merged)).ToImmutableArray());

        TextChange Remove(SpecSpan core)
        {
            var before = terms[terms.IndexOf(blocks.Single(block => block.Core == core).Term) - 1].Span.End;
            return new(literal.Locate(new(before, core.End - before)), "");
        }
    }
}
