using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Analysis;

/// <summary>The attributes that declare an optimizer, as a compilation knows them.</summary>
/// <param name="Propagator">[Propagator].</param>
/// <param name="LinearMemory">[LinearMemory].</param>
/// <param name="MemoryRule">[MemoryRule].</param>
/// <param name="FixedLaw">[FixedLaw].</param>
/// <param name="EquivalentTo">[EquivalentTo].</param>
/// <param name="Hyperparameters">[Hyperparameters].</param>
/// <param name="Adam">[Adam].</param>
/// <param name="AdamW">[AdamW].</param>
/// <param name="RmsProp">[RmsProp].</param>
/// <param name="Sgd">[Sgd].</param>
/// <param name="CriticalMomenta">[CriticalMomenta].</param>
/// <param name="CriticalGradients">[CriticalGradients].</param>
internal sealed record DeclarationAttributes(
    INamedTypeSymbol Propagator,
    INamedTypeSymbol LinearMemory,
    INamedTypeSymbol MemoryRule,
    INamedTypeSymbol FixedLaw,
    INamedTypeSymbol EquivalentTo,
    INamedTypeSymbol Hyperparameters,
    INamedTypeSymbol Adam,
    INamedTypeSymbol AdamW,
    INamedTypeSymbol RmsProp,
    INamedTypeSymbol Sgd,
    INamedTypeSymbol CriticalMomenta,
    INamedTypeSymbol CriticalGradients)
{
    /// <summary>Those of a compilation; null where it does not reference the runtime.</summary>
    public static DeclarationAttributes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Rllc.PropagatorAttribute") is { } propagator &&
        compilation.GetTypeByMetadataName("Rllc.LinearMemoryAttribute") is { } linearMemory &&
        compilation.GetTypeByMetadataName(RuleFinder.Attribute) is { } memoryRule &&
        compilation.GetTypeByMetadataName("Rllc.FixedLawAttribute") is { } fixedLaw &&
        compilation.GetTypeByMetadataName("Rllc.EquivalentToAttribute") is { } equivalentTo &&
        compilation.GetTypeByMetadataName("Rllc.HyperparametersAttribute") is { } hyperparameters &&
        compilation.GetTypeByMetadataName(MomentFinder.Adam) is { } adam &&
        compilation.GetTypeByMetadataName(MomentFinder.AdamW) is { } adamW &&
        compilation.GetTypeByMetadataName(MomentFinder.RmsProp) is { } rmsProp &&
        compilation.GetTypeByMetadataName(MomentFinder.Sgd) is { } sgd &&
        compilation.GetTypeByMetadataName(MomentFinder.CriticalMomenta) is { } momenta &&
        compilation.GetTypeByMetadataName(MomentFinder.CriticalGradients) is { } gradients
            ? new(propagator, linearMemory, memoryRule, fixedLaw, equivalentTo, hyperparameters, adam, adamW, rmsProp, sgd, momenta, gradients)
            : null;

    /// <summary>Those of a class that declare a formula of moments, in the order in which they stand for it.</summary>
    /// <param name="type">The class.</param>
    public IReadOnlyList<AttributeData> Moments(ITypeSymbol type) => [.. new[] { Adam, AdamW, RmsProp, Sgd }.SelectMany(attribute => On(type, attribute))];

    /// <summary>Those of a class that are of one kind, in order.</summary>
    /// <param name="type">The class.</param>
    /// <param name="attribute">The kind.</param>
    public static IReadOnlyList<AttributeData> On(ITypeSymbol type, INamedTypeSymbol attribute) =>
        [.. type.GetAttributes().Where(candidate => SymbolEqualityComparer.Default.Equals(candidate.AttributeClass, attribute))];
}
