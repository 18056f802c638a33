using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>A block and where it is written.</summary>
internal sealed record SpecBlock(Propagator Propagator, int Source, TermSyntax Term, string Text)
{
    /// <summary>The block's characters without its label.</summary>
    public SpecSpan Core => new(Term.Name!.Span.Start, Term.Span.End - Term.Name.Span.Start);

    /// <summary>The text of <see cref="Core"/>.</summary>
    public string CoreText => Text.Substring(Core.Start, Core.Length);

    /// <summary>The blocks of all terms without a syntax fault.</summary>
    public static ImmutableArray<SpecBlock> Of(ImmutableArray<SpecTree> trees) =>
        trees.SelectMany((tree, source) => tree.Terms
            .Where(term => !tree.Diagnostics.Any(fault => fault.Span.Start < term.Span.End && term.Span.Start < fault.Span.End))
            .Select(term => new SpecBlock(Build(term), source, term, tree.Text))).ToImmutableArray();

    private static Propagator Build(TermSyntax term)
    {
        var number = term.Number!;
        return new(
            term.Name!.Text == PropagatorNames.Complex, term.Order?.Value ?? 1, number.Real, number.Imaginary,
            term.Label?.Text, number.RealText, number.ImaginaryText);
    }
}
