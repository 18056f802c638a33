using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators;

/// <summary>A method of a class with [MemoryRule], as its author has written it: the part with the body, where there is one.</summary>
/// <param name="symbol">The method.</param>
/// <param name="syntax">Its text.</param>
internal sealed class RuleMethod(IMethodSymbol symbol, MethodDeclarationSyntax syntax)
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>The method.</summary>
    public IMethodSymbol Symbol => symbol;

    /// <summary>Where its name is.</summary>
    public Location Location => syntax.Identifier.GetLocation();

    /// <summary>Whether its author has written the declaring part as well; then nobody else may.</summary>
    public bool IsDeclared => symbol.PartialDefinitionPart is { } definition && definition.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == syntax.SyntaxTree);

    /// <summary>Why it can be no method that the generator declares; null where it can.</summary>
    public string? WhyRefused =>
        !symbol.IsStatic ? "it must be static"
        : !syntax.Modifiers.Any(SyntaxKind.PartialKeyword) ? "it must be partial: the generator writes its declaration"
        : syntax.Body is null && syntax.ExpressionBody is null ? "it has no body: the generator writes its declaration, you write what it does"
        : !symbol.ReturnsVoid ? "it must return void"
        : null;

    /// <summary>Its text without comments and spaces of one's own.</summary>
    public string Text => syntax.NormalizeWhitespace(eol: "\n").ToString();

    /// <summary>The methods of a name that a class itself has.</summary>
    public static IReadOnlyList<RuleMethod> Of(INamedTypeSymbol type, string name, CancellationToken cancellation) =>
    [
        .. from method in type.GetMembers(name).OfType<IMethodSymbol>()
           let written = method.PartialImplementationPart ?? method
           from reference in written.DeclaringSyntaxReferences
           let declaration = reference.GetSyntax(cancellation) as MethodDeclarationSyntax
           where declaration is not null
           select new RuleMethod(written, declaration),
    ];

    /// <summary>Where a parameter is.</summary>
    public Location LocationOf(IParameterSymbol parameter) => syntax.ParameterList.Parameters[parameter.Ordinal].GetLocation();

    /// <summary>Its declaration, whatever is imported where it is printed.</summary>
    public string Signature()
    {
        var modifiers = string.Concat(syntax.Modifiers.Select(modifier => modifier.Text + " "));
        var generics = symbol.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", symbol.TypeParameters.Select(parameter => parameter.Name))}>";
        var parameters = string.Join(", ", symbol.Parameters.Select(parameter => $"{Kind(parameter.RefKind)}{parameter.Type.ToDisplayString(TypeFormat)} {DeclarationFinder.Escape(parameter.Name)}"));
        return $"{modifiers}{symbol.ReturnType.ToDisplayString(TypeFormat)} {symbol.Name}{generics}({parameters}){string.Concat(symbol.TypeParameters.Select(Constraints))}";
    }

    private static string Kind(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        _ => "",
    };

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        string[] constraints = [.. parameter.HasValueTypeConstraint ? ["struct"] : Array.Empty<string>(), .. parameter.ConstraintTypes.Select(type => type.ToDisplayString(TypeFormat))];
        return constraints.Length == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }
}
