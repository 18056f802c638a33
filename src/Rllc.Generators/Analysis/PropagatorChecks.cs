using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>The rules of the spec language, located in the source of the attributes.</summary>
internal static class PropagatorChecks
{
    /// <summary>The broken rules of the specs of one class.</summary>
    /// <param name="attributes">The class's [Propagator] attributes in order.</param>
    /// <param name="isFixed">Whether the law is fixed: what only hinders learning is then left out.</param>
    /// <param name="spec">Their memory; null where it has an error, or the compiler reports one.</param>
    /// <param name="cancellation">Ends the search for the attributes' syntax.</param>
    public static IReadOnlyCollection<Finding> Check(
        IReadOnlyCollection<AttributeData> attributes, bool isFixed, out PropagatorSpec? spec, CancellationToken cancellation)
    {
        var arguments = attributes.Select(attribute => SpecArgument.Read(attribute, cancellation)).OfType<SpecArgument>().ToList();
        if (arguments.Count < attributes.Count)
        {
            spec = null;
            return [];
        }

        var analysis = PropagatorSpec.Analyze([.. arguments.Select(argument => argument.Text)]);
        spec = analysis.Spec;
        return [.. analysis.Diagnostics.Where(diagnostic => !isFixed || !HindersLearning(diagnostic.Rule)).Select(diagnostic => new Finding(
            diagnostic.Rule, arguments[diagnostic.Source].Locate(diagnostic.Span), diagnostic.Arguments.ToArray())
        {
            Suggestion = arguments[diagnostic.Source].IsLiteral ? diagnostic.Suggestion : null,
        })];
    }

    // There is no S on the unit circle, and no use for one: a fixed law inverts no Gram matrix. A sum of all gradients is what an
    // integral term is, and units that are close to each other are taken apart by the one who wrote the law.
    private static bool HindersLearning(Rule rule) => rule == SpecRules.Marginal || rule == SpecRules.IllConditioned;
}
