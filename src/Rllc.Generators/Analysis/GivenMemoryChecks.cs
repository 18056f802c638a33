using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>The rules of [LinearMemory], located in the source of the attribute.</summary>
internal static class GivenMemoryChecks
{
    /// <summary>The broken rules of one attribute, and what its memory is reduced to.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="isFixed">Whether the law is fixed: what only hinders learning is then left out.</param>
    /// <param name="memory">The memory that it is reduced to; null where it has an error, or the compiler reports one.</param>
    /// <param name="cancellation">Ends the search for the attribute's syntax.</param>
    public static IReadOnlyCollection<Finding> Check(AttributeData attribute, bool isFixed, out DeclaredMemory? memory, CancellationToken cancellation)
    {
        memory = null;
        if (!GivenMemoryReader.IsComplete(attribute))
            return [];

        var analysis = GivenAnalysis.Of(GivenMemoryReader.Read(attribute));
        memory = analysis.Memory;
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        return [.. analysis.Faults.Where(fault => !isFixed || !PropagatorChecks.HindersLearning(fault.Rule)).Select(fault => new Finding(fault.Rule, Locate(syntax, fault).GetLocation(), fault.Arguments))];
    }

    private static SyntaxNode Locate(AttributeSyntax attribute, GivenFault fault)
    {
        var argument = attribute.ArgumentList!.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == fault.Place.ToString());
        if (argument is null)
            return attribute.Name;

        return fault.Element is { } index && ArrayElements.Of(argument.Expression) is var elements && index < elements.Count
            ? elements[index]
            : argument.Expression;
    }
}
