using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Reads the coefficients of a [FixedLaw] attribute.</summary>
internal static class FixedLawReader
{
    private const string Attribute = "Rllc.FixedLawAttribute";

    /// <summary>The coefficients of a class's law; null where it has no such attribute, or the compiler itself reports its arguments.</summary>
    public static EquatableArray<double>? Read(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => DeclarationFinder.Is(attribute, Attribute)) is { } attribute
            ? Read(attribute)?.ToEquatableArray()
            : null;

    /// <summary>The coefficients of an attribute; null where the compiler itself reports its arguments.</summary>
    public static IReadOnlyList<double>? Read(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not { Length: 1 } arguments || arguments[0].Kind != TypedConstantKind.Array)
            return null;
        if (arguments[0].IsNull)
            return [];
        var elements = arguments[0].Values;
        return elements.Any(element => element.Kind == TypedConstantKind.Error) ? null : [.. elements.Select(element => (double)element.Value!)];
    }
}
