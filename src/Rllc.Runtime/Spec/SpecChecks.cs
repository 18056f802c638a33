using System.Collections.Immutable;
using System.Globalization;

namespace Rllc.Spec;

/// <summary>The rules about what a spec means, but for its conditioning.</summary>
internal static class SpecChecks
{
    /// <summary>
    /// All faults of some blocks. Blocks with an error of their own are not compared with others, so that no fault is reported twice.
    /// </summary>
    public static IEnumerable<SpecDiagnostic> Check(ImmutableArray<SpecBlock> blocks)
    {
        var faults = blocks.Select(CheckBlock).ToList();
        var sound = blocks.Where((_, i) => faults[i]?.Rule.Severity != RuleSeverity.Error).ToList();
        return faults.OfType<SpecDiagnostic>()
            .Concat(CheckEigenvalues(sound))
            .Concat(CheckNames(sound))
            .Concat(CheckUnitCount(sound));
    }

    /// <summary>The one fault that is reported of a block alone.</summary>
    private static SpecDiagnostic? CheckBlock(SpecBlock block)
    {
        var (propagator, number) = (block.Propagator, block.Term.Number!);
        if (block.Term.Label is { } label && Labels.WhyRefused(label.Text) is { } reason)
        {
            return ReportLabel(label, block, reason);
        }

        // A kernel works with the eigenvalue rounded to float32: what rounding makes of it is what counts.
        var hasImaginary = (float)propagator.Imaginary != 0;
        if (!propagator.IsComplex && number.IsComplex)
        {
            var suggestion = hasImaginary ? "C" + block.CoreText : Replaced(block, PropagatorNames.Real, number.RealText);
            return Report(SpecRules.ComplexArgument, block, block.Core, suggestion, block.CoreText, SpecRules.DidYouMean(suggestion));
        }

        if (propagator.IsComplex && !hasImaginary)
        {
            var suggestion = Replaced(block, PropagatorNames.Real, number.RealText);
            return Report(SpecRules.RealArgument, block, block.Core, suggestion, block.CoreText, SpecRules.DidYouMean(suggestion));
        }

        var argument = block.Text.Substring(number.Span.Start, number.Span.Length);
        return (float)propagator.Modulus switch
        {
            > 1 => Report(SpecRules.Unstable, block, number.Span, null, argument, propagator.Modulus.ToString("G4", CultureInfo.InvariantCulture)),
            1 => Report(SpecRules.Marginal, block, number.Span, null, argument),
            _ => null,
        };
    }

    private static IEnumerable<SpecDiagnostic> CheckEigenvalues(List<SpecBlock> blocks)
    {
        foreach (var group in blocks.GroupBy(block => Eigenvalue(block.Propagator)).Where(group => group.Count() > 1))
        {
            var first = group.First();
            var confluent = SpecPrinter.PrintCore(first.Propagator with { Order = group.Sum(block => block.Propagator.Order) });
            foreach (var block in group.Skip(1))
            {
                yield return Report(SpecRules.RepeatedEigenvalue, block, block.Core, null, block.CoreText, first.CoreText, confluent);
            }
        }

        // Conjugates span the same real memory.
        static (float, float) Eigenvalue(Propagator propagator) => ((float)propagator.Real, (float)Math.Abs(propagator.Imaginary));
    }

    private static IEnumerable<SpecDiagnostic> CheckNames(List<SpecBlock> blocks)
    {
        var owners = new Dictionary<string, SpecBlock>();
        foreach (var block in blocks)
        {
            var clashes = UnitNames.Of(block.Propagator).Where(name => !TryAdd(name, block)).ToList();

            // Without labels two names are equal only where two eigenvalues are.
            if (clashes.Count > 0 && (block.Term.Label is null ? owners[clashes[0]] : block) is { Term.Label: { } label } labelled)
            {
                var suggestion = FreeLabel(label.Text);
                yield return Report(
                    SpecRules.DuplicateLabel, labelled, label.Span, suggestion, clashes[0], SpecRules.DidYouMean(suggestion));
            }
        }

        // C# gives the property slow the accessors get_slow and set_slow.
        foreach (var block in owners.Where(unit => IsAccessor(unit.Key)).Select(unit => unit.Value).Distinct())
        {
            yield return ReportLabel(block.Term.Label!, block, "it is an accessor of another property of the law");
        }

        bool IsAccessor(string name) =>
            (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal)) &&
            owners.ContainsKey(name.Substring(4));

        bool TryAdd(string name, SpecBlock block)
        {
            var isFree = !owners.ContainsKey(name);
            owners[name] = isFree ? block : owners[name];
            return isFree;
        }

        string FreeLabel(string label) => Enumerable.Range(2, blocks.Count)
            .Select(i => label + SpecRules.Number(i))
            .First(free => !blocks.Exists(block => block.Term.Label?.Text == free));
    }

    private static IEnumerable<SpecDiagnostic> CheckUnitCount(List<SpecBlock> blocks)
    {
        var total = blocks.Sum(block => block.Propagator.UnitCount);
        if (total > PropagatorSpec.MaxUnits)
        {
            var counted = 0;
            var block = blocks.First(block => (counted += block.Propagator.UnitCount) > PropagatorSpec.MaxUnits);
            yield return Report(
                SpecRules.TooManyUnits, block, block.Core, null, SpecRules.Number(total), SpecRules.Number(PropagatorSpec.MaxUnits));
        }
    }

    /// <summary>The block's text with another name and argument, and its own spelling of the order.</summary>
    private static string Replaced(SpecBlock block, string name, string argument)
    {
        var order = block.Term.Order is { Span: var span } ? block.Text.Substring(span.Start, span.Length) : "";
        return $"{name}{order}({argument})";
    }

    private static SpecDiagnostic ReportLabel(NameSyntax label, SpecBlock block, string reason)
    {
        var suggestion = Labels.Alternative(label.Text);
        return Report(SpecRules.InvalidLabel, block, label.Span, suggestion, label.Text, reason, SpecRules.DidYouMean(suggestion));
    }

    private static SpecDiagnostic Report(Rule rule, SpecBlock block, SpecSpan span, string? suggestion, params string[] arguments) =>
        new(rule, block.Source, span, ImmutableArray.Create(arguments), suggestion);
}
