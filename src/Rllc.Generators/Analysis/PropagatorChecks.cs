using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>The rules of the spec language, located in the source of the attributes.</summary>
internal static class PropagatorChecks
{
    private const string Separator = "⊕";

    /// <summary>The broken rules of the specs of one class.</summary>
    /// <param name="attributes">The class's [Propagator] attributes in order.</param>
    /// <param name="isFixed">Whether the law is fixed: what only hinders learning is then left out.</param>
    /// <param name="memory">Their memory; null where it has an error, or the compiler reports one.</param>
    /// <param name="cancellation">Ends the search for the attributes' syntax.</param>
    public static IReadOnlyCollection<Finding> Check(
        IReadOnlyCollection<AttributeData> attributes, bool isFixed, out DeclaredMemory? memory, CancellationToken cancellation)
    {
        var arguments = attributes.Select(attribute => SpecArgument.Read(attribute, cancellation)).OfType<SpecArgument>().ToList();
        if (arguments.Count < attributes.Count)
        {
            memory = null;
            return [];
        }

        var analysis = PropagatorSpec.Analyze([.. arguments.Select(argument => argument.Text)]);
        memory = analysis.Spec is { } spec ? new(spec, Reduction: null) : null;
        var faults = analysis.Diagnostics.Where(diagnostic => !isFixed || !HindersLearning(diagnostic.Rule)).Select(diagnostic => new Finding(
            diagnostic.Rule, arguments[diagnostic.Source].Locate(diagnostic.Span), diagnostic.Arguments.ToArray())
        {
            Suggestion = arguments[diagnostic.Source].IsLiteral ? diagnostic.Suggestion : null,
        });
        // While there is an error, the plus signs need not be those between terms.
        return [.. faults, .. memory is null ? [] : arguments.Zip(analysis.Trees, PlainSeparators).SelectMany(findings => findings)];
    }

    private static IEnumerable<Finding> PlainSeparators(SpecArgument argument, SpecTree tree)
    {
        if (!argument.IsLiteral)
            yield break;
        for (var i = 1; i < tree.Terms.Length; i++)
        {
            var start = tree.Terms[i - 1].Span.End;
            var between = tree.Text.Substring(start, tree.Terms[i].Span.Start - start);
            var separator = between.Trim();
            if (separator != Separator)
            {
                var location = argument.Locate(new(start + between.IndexOf(separator, StringComparison.Ordinal), separator.Length));
                yield return new(DeclarationRules.PlainSeparator, location, separator) { Suggestion = Separator };
            }
        }
    }

    /// <summary>
    /// Whether a rule of the spec matters to a law that learns alone. There is no S on the unit circle, and no use for one: a fixed law
    /// inverts no Gram matrix. A sum of all gradients is what an integral term is, and units that are close to each other are taken
    /// apart by the one who wrote the law.
    /// </summary>
    public static bool HindersLearning(Rule rule) => rule == SpecRules.Marginal || rule == SpecRules.IllConditioned;
}
