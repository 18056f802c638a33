using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>The base class of a declaration must be a host of its formula.</summary>
internal static class BaseChecks
{
    private const string TorchHost = "TorchOptimizer";
    private const string TorchHostOfAdam = "TorchMomentOptimizer";
    private const string Package = "Rllc.Torch";

    /// <summary>The broken rule of the base class of a linear memory.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The declaration that carries the first [Propagator].</param>
    /// <param name="compilation">The compilation, to tell which hosts are referenced.</param>
    /// <param name="cancellation">Ends the search for other declarations.</param>
    public static IEnumerable<Finding> Check(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellation)
    {
        // A static class or a broken declaration may have none.
        if (type.BaseType is not { SpecialType: not SpecialType.System_Object } host)
            yield break;

        var location = Locate(type, declaration, host, cancellation);
        if (host.TypeKind == TypeKind.Error)
        {
            if (IsMissing(host, TorchHost, DeclarationFinder.TorchHost, compilation))
                yield return new(DeclarationRules.HostNotReferenced, location, type.Name, TorchHost, Package);
            else if (host.Name == TorchHostOfAdam)
                yield return new(DeclarationRules.BaseIsNoHost, location, type.Name, host.Name);
        }
        else if (host.ToDisplayString() is not (DeclarationFinder.SpanHost or DeclarationFinder.TorchHost))
        {
            yield return new(DeclarationRules.BaseIsNoHost, location, type.Name, host.Name);
        }
    }

    /// <summary>The broken rule of the base class of an Adam.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The declaration that carries the attribute.</param>
    /// <param name="formula">The attribute's name.</param>
    /// <param name="compilation">The compilation, to tell which hosts are referenced.</param>
    /// <param name="cancellation">Ends the search for other declarations.</param>
    public static IEnumerable<Finding> CheckAdam(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, string formula, Compilation compilation, CancellationToken cancellation)
    {
        if (type.BaseType is not { } host || MomentFinder.HostOf(host) is not null)
            yield break;

        var location = Locate(type, declaration, host, cancellation);
        if (IsMissing(host, TorchHostOfAdam, MomentFinder.TorchHost, compilation))
            yield return new(DeclarationRules.HostNotReferenced, location, type.Name, TorchHostOfAdam, Package);
        else if (host.TypeKind != TypeKind.Error || host.Name == TorchHost)
            yield return new(DeclarationRules.BaseIsNoHostOfAdam, location, type.Name, formula, host.Name);
    }

    // A wrong namespace, with the package referenced, is left to the compiler.
    private static bool IsMissing(INamedTypeSymbol host, string name, string metadataName, Compilation compilation) =>
        host.TypeKind == TypeKind.Error && host.Name == name && compilation.GetTypeByMetadataName(metadataName) is null;

    private static Location Locate(INamedTypeSymbol type, TypeDeclarationSyntax declaration, INamedTypeSymbol host, CancellationToken cancellation) =>
        BaseSyntax(ClassChecks.Declarations(type, cancellation), host.Name)?.GetLocation() ?? declaration.Identifier.GetLocation();

    // The base class stands first in the list of some declaration; lists of the others hold interfaces only. An alias is
    // not found by name: then the first list has it, if there is one.
    private static BaseTypeSyntax? BaseSyntax(IEnumerable<TypeDeclarationSyntax> declarations, string name)
    {
        var candidates = declarations.Select(declaration => declaration.BaseList?.Types[0]).OfType<BaseTypeSyntax>().ToList();
        return candidates.Find(candidate => RightmostName(candidate.Type) == name) ?? candidates.FirstOrDefault();
    }

    private static string? RightmostName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };
}
