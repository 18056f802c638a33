using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Analysis;

/// <summary>The attributes that declare an optimizer, as a compilation knows them.</summary>
/// <param name="Propagator">[Propagator].</param>
/// <param name="FixedLaw">[FixedLaw].</param>
/// <param name="Hyperparameters">[Hyperparameters].</param>
/// <param name="Adam">[Adam].</param>
/// <param name="AdamW">[AdamW].</param>
internal sealed record DeclarationAttributes(
    INamedTypeSymbol Propagator, INamedTypeSymbol FixedLaw, INamedTypeSymbol Hyperparameters, INamedTypeSymbol Adam, INamedTypeSymbol AdamW)
{
    /// <summary>Those of a compilation; null where it does not reference the runtime.</summary>
    public static DeclarationAttributes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Rllc.PropagatorAttribute") is { } propagator &&
        compilation.GetTypeByMetadataName("Rllc.FixedLawAttribute") is { } fixedLaw &&
        compilation.GetTypeByMetadataName("Rllc.HyperparametersAttribute") is { } hyperparameters &&
        compilation.GetTypeByMetadataName(AdamFinder.Adam) is { } adam &&
        compilation.GetTypeByMetadataName(AdamFinder.AdamW) is { } adamW
            ? new(propagator, fixedLaw, hyperparameters, adam, adamW)
            : null;
}
