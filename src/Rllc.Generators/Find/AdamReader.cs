using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Reads what an [Adam] or [AdamW] attribute names.</summary>
internal static class AdamReader
{
    public const string Beta1 = "Beta1";

    public const string Beta2 = "Beta2";

    public const string Epsilon = "Epsilon";

    /// <summary>A named number; its default where it is not written, or the compiler itself reports it.</summary>
    public static double Number(AttributeData attribute, string name, double @default) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: double value } ? value : @default;
}
