using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Reads what an [Adam] or [AdamW] attribute names.</summary>
internal static class MomentReader
{
    public const string Beta1 = "Beta1";

    public const string Beta2 = "Beta2";

    public const string Alpha = "Alpha";

    public const string Momentum = "Momentum";

    public const string Epsilon = "Epsilon";

    public const string Capacity = "Capacity";

    public const string Compatibility = "Compatibility";

    public const string Decay = "Decay";

    /// <summary>A named number; its default where it is not written, or the compiler itself reports it.</summary>
    public static T Number<T>(AttributeData attribute, string name, T @default) where T : struct =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: T value } ? value : @default;
}
