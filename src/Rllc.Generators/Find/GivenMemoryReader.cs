using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Reads the matrices of a [LinearMemory] attribute.</summary>
internal static class GivenMemoryReader
{
    /// <summary>The matrices; one that the compiler reports, as missing or not constant, has no entries.</summary>
    public static GivenMemory Read(AttributeData attribute) => new(Entries(attribute, "B"), Entries(attribute, "a"));

    /// <summary>Whether both matrices have a meaning for the compiler.</summary>
    public static bool IsComplete(AttributeData attribute) =>
        new[] { "B", "a" }.All(name => attribute.NamedArguments.Any(argument => argument.Key == name && HasValue(argument.Value)));

    private static EquatableArray<double> Entries(AttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.Key == name && HasValue(argument.Value) && !argument.Value.IsNull)
        .SelectMany(argument => argument.Value.Values)
        .Select(element => (double)element.Value!)
        .ToEquatableArray();

    private static bool HasValue(TypedConstant value) =>
        value.Kind != TypedConstantKind.Error && (value.IsNull || value.Values.All(element => element.Kind != TypedConstantKind.Error));
}
