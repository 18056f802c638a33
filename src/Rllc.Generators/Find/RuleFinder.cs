using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Find for classes with [MemoryRule].</summary>
internal static class RuleFinder
{
    public const string Attribute = "Rllc.MemoryRuleAttribute";

    // One of them on the class stands for it; the analyzer refuses the other.
    private static readonly string[] Others = [DeclarationFinder.Attribute, DeclarationFinder.GivenAttribute, MomentFinder.Adam, MomentFinder.AdamW, MomentFinder.RmsProp, MomentFinder.Sgd];

    /// <summary>
    /// The declaration of a class, or null where nothing can be generated into it or another of its attributes stands for it (the
    /// analyzer says why).
    /// </summary>
    public static RuleDeclaration? Find(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        if (!DeclarationFinder.StandsForClass(context) || type.GetAttributes().Any(other => Others.Any(name => DeclarationFinder.Is(other, name)))
            || DeclarationFinder.HostOf(type) is not { } host || !DeclarationFinder.CanBeExtended(type, EmittedMembers.OfMemoryRule, cancellation))
        {
            return null;
        }

        var (methods, faults, signatures) = RuleReader.Read(type, context.Attributes[0], cancellation);
        return new(
            DeclarationFinder.Path(type),
            host,
            methods,
            faults.Count == 0 ? null : $"{faults[0].Rule.Id}: {string.Format(CultureInfo.InvariantCulture, faults[0].Rule.MessageFormat, faults[0].Arguments)}",
            signatures.ToEquatableArray(),
            FixedLawReader.Read(type),
            HyperparameterReader.Read(type).ToEquatableArray());
    }
}
