using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>Proves or refutes what a class claims with [EquivalentTo].</summary>
/// <param name="attributes">The attributes that declare an optimizer.</param>
internal sealed class EquivalenceChecks(DeclarationAttributes attributes)
{
    /// <summary>The claims of a class that are wrong or cannot be compared.</summary>
    /// <param name="type">The class, which has a [Propagator].</param>
    /// <param name="cancellation">Ends the search for the attributes' syntax.</param>
    public IEnumerable<Finding> Check(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var claim in DeclarationAttributes.On(type, attributes.EquivalentTo))
        {
            var syntax = (AttributeSyntax)claim.ApplicationSyntaxReference!.GetSyntax(cancellation);
            if (!HasFixedLaw(type))
                yield return new(DeclarationRules.NoFixedLaw, syntax.GetLocation(), type.Name);
            else if (Check(type, claim, syntax) is { } finding)
                yield return finding;
        }
    }

    private Finding? Check(INamedTypeSymbol type, AttributeData claim, AttributeSyntax syntax)
    {
        // An argument that is missing or of no known type is the compiler's to report.
        if (claim.ConstructorArguments is not { Length: 1 } arguments || arguments[0].Kind == TypedConstantKind.Error ||
            arguments[0].Value is ITypeSymbol { TypeKind: TypeKind.Error })
        {
            return null;
        }

        var location = syntax.ArgumentList!.Arguments[0].Expression.GetLocation();
        if (arguments[0].Value is not ITypeSymbol other || !HasFixedLaw(other))
            return new(DeclarationRules.NoFixedLaw, location, (arguments[0].Value as ITypeSymbol)?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "null");

        // A declaration with an error of its own has nothing to compare until it is mended.
        return RuleOf(type) is { } own && RuleOf(other) is { } others && UpdateRule.FirstDifference(own, others) is var (lag, first, second)
            ? new(DeclarationRules.NotEquivalent, location, type.Name, other.Name, SpecRules.Number(lag), Literals.Double(first), Literals.Double(second))
            : null;
    }

    private bool HasFixedLaw(ITypeSymbol type) =>
        DeclarationAttributes.On(type, attributes.Propagator).Count > 0 && DeclarationAttributes.On(type, attributes.FixedLaw).Count > 0;

    private UpdateRule? RuleOf(ITypeSymbol type)
    {
        var specs = DeclarationAttributes.On(type, attributes.Propagator).Select(DeclarationFinder.Spec).ToList();
        return PropagatorSpec.Analyze(specs).Spec is { } spec
            && FixedLawReader.Read(DeclarationAttributes.On(type, attributes.FixedLaw)[0]) is { } law
            && law.Count == spec.UnitCount && law.All(LawChecks.IsFinite)
            ? new(LinearMemory.FromSpec(spec), law)
            : null;
    }
}
