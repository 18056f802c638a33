using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Analysis;

/// <summary>The attributes that declare an optimizer, as a compilation knows them.</summary>
/// <param name="Propagator">[Propagator].</param>
/// <param name="FixedLaw">[FixedLaw].</param>
/// <param name="Hyperparameters">[Hyperparameters].</param>
/// <param name="Adam">[Adam].</param>
/// <param name="AdamW">[AdamW].</param>
/// <param name="CriticalMomenta">[CriticalMomenta].</param>
/// <param name="CriticalGradients">[CriticalGradients].</param>
internal sealed record DeclarationAttributes(
    INamedTypeSymbol Propagator, INamedTypeSymbol FixedLaw, INamedTypeSymbol Hyperparameters, INamedTypeSymbol Adam, INamedTypeSymbol AdamW,
    INamedTypeSymbol CriticalMomenta, INamedTypeSymbol CriticalGradients)
{
    /// <summary>Those of a compilation; null where it does not reference the runtime.</summary>
    public static DeclarationAttributes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Rllc.PropagatorAttribute") is { } propagator &&
        compilation.GetTypeByMetadataName("Rllc.FixedLawAttribute") is { } fixedLaw &&
        compilation.GetTypeByMetadataName("Rllc.HyperparametersAttribute") is { } hyperparameters &&
        compilation.GetTypeByMetadataName(AdamFinder.Adam) is { } adam &&
        compilation.GetTypeByMetadataName(AdamFinder.AdamW) is { } adamW &&
        compilation.GetTypeByMetadataName(AdamFinder.CriticalMomenta) is { } momenta &&
        compilation.GetTypeByMetadataName(AdamFinder.CriticalGradients) is { } gradients
            ? new(propagator, fixedLaw, hyperparameters, adam, adamW, momenta, gradients)
            : null;
}
