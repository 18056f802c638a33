using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>The rules of the spec language, located in the source of the attributes.</summary>
internal static class PropagatorChecks
{
    /// <summary>The broken rules of the specs of one class.</summary>
    /// <param name="attributes">The class's [Propagator] attributes in order.</param>
    /// <param name="spec">Their memory; null where it has an error, or the compiler reports one.</param>
    /// <param name="cancellation">Ends the search for the attributes' syntax.</param>
    public static IReadOnlyCollection<Finding> Check(
        IReadOnlyCollection<AttributeData> attributes, out PropagatorSpec? spec, CancellationToken cancellation)
    {
        var arguments = attributes.Select(attribute => SpecArgument.Read(attribute, cancellation)).OfType<SpecArgument>().ToList();
        if (arguments.Count < attributes.Count)
        {
            spec = null;
            return [];
        }

        var analysis = PropagatorSpec.Analyze([.. arguments.Select(argument => argument.Text)]);
        spec = analysis.Spec;
        return [.. analysis.Diagnostics.Select(diagnostic => new Finding(
            diagnostic.Rule, arguments[diagnostic.Source].Locate(diagnostic.Span), diagnostic.Arguments.ToArray())
        {
            Suggestion = arguments[diagnostic.Source].IsLiteral ? diagnostic.Suggestion : null,
        })];
    }
}
