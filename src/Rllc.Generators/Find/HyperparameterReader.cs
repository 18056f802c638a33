using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rllc.Generators;

/// <summary>Reads what a [Hyperparameters] attribute names.</summary>
internal static class HyperparameterReader
{
    private const string Attribute = "Rllc.HyperparametersAttribute";

    /// <summary>The named values in order; those that the compiler or the analyzer finds meaningless are left out.</summary>
    public static IEnumerable<Hyperparameter> Read(INamedTypeSymbol type) =>
        from attribute in type.GetAttributes()
        where DeclarationFinder.Is(attribute, Attribute)
        from argument in attribute.NamedArguments
        let value = Text(argument.Value)
        where value is not null
        select new Hyperparameter(argument.Key, value);

    private static string? Text(TypedConstant constant) => constant switch
    {
        { IsNull: true } or { Kind: TypedConstantKind.Error } => null,
        { Kind: TypedConstantKind.Array } => Array(constant.Values.Select(Text)),
        { Kind: TypedConstantKind.Enum, Type: { } type } => type.GetMembers().OfType<IFieldSymbol>()
            .Where(member => Equals(member.ConstantValue, constant.Value))
            .Select(member => $"global::{member.ToDisplayString()}")
            .FirstOrDefault(),
        { Value: double number } => Literals.Double(number),
        { Value: { } value } => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
        _ => null,
    };

    private static string? Array(IEnumerable<string?> elements)
    {
        var texts = elements.ToList();
        return texts.Contains(null) ? null : $"new double[] {{ {string.Join(", ", texts)} }}";
    }
}
