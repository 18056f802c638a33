using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Find for classes with [Adam] or [AdamW].</summary>
internal static class MomentFinder
{
    public const string Adam = "Rllc.AdamAttribute";

    public const string AdamW = "Rllc.AdamWAttribute";

    public const string CriticalMomenta = "Rllc.CriticalMomentaAttribute";

    public const string CriticalGradients = "Rllc.CriticalGradientsAttribute";

    /// <summary>The base class of their optimizers.</summary>
    public const string Host = "Rllc.MomentOptimizer";

    /// <summary>
    /// The declaration of a class, or null where nothing can be generated into it or another of its attributes stands for it (the
    /// analyzer says why).
    /// </summary>
    public static MomentDeclaration? Find(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        var isDecoupled = DeclarationFinder.Is(attribute, AdamW);
        var others = isDecoupled ? new[] { DeclarationFinder.Attribute, Adam } : [DeclarationFinder.Attribute];
        return IsHost(type.BaseType) && !type.GetAttributes().Any(other => others.Any(name => DeclarationFinder.Is(other, name)))
            && DeclarationFinder.CanBeExtended(type, EmittedMembers.OfAdam, cancellation)
            ? new(DeclarationFinder.Path(type), isDecoupled,
                MomentReader.Number(attribute, MomentReader.Beta1, 0.9),
                MomentReader.Number(attribute, MomentReader.Beta2, 0.999),
                MomentReader.Number(attribute, MomentReader.Epsilon, 1e-8),
                Critical(type),
                HyperparameterReader.Read(type).ToEquatableArray())
            : null;
    }

    // Where a class has both, the analyzer refuses it.
    private static CriticalDeclaration? Critical(INamedTypeSymbol type) => type.GetAttributes()
        .Where(attribute => DeclarationFinder.Is(attribute, CriticalMomenta) || DeclarationFinder.Is(attribute, CriticalGradients))
        .Select(attribute => new CriticalDeclaration(
            DeclarationFinder.Is(attribute, CriticalMomenta), MomentReader.Number(attribute, MomentReader.Capacity, 5), MomentReader.Number(attribute, MomentReader.Decay, 0.7)))
        .FirstOrDefault();

    /// <summary>Whether a class of this base can step by Adam.</summary>
    public static bool IsHost(INamedTypeSymbol? host) =>
        host is { SpecialType: SpecialType.System_Object } || host is { TypeKind: not TypeKind.Error } && host.ToDisplayString() == Host;
}
