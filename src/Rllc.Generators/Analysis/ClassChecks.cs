using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Analysis;

/// <summary>What a class must be for an optimizer to be generated into it.</summary>
internal static class ClassChecks
{
    /// <summary>The broken rules of a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The declaration that carries the first attribute of its formula.</param>
    /// <param name="members">The names of the members that are generated into it.</param>
    /// <param name="cancellation">Ends the search for other declarations.</param>
    public static IEnumerable<Finding> Check(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, ImmutableHashSet<string> members, CancellationToken cancellation)
    {
        var name = type.Name;
        var identifier = declaration.Identifier.GetLocation();
        var declarations = Declarations(type, cancellation);

        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            yield return new(DeclarationRules.ClassNotPartial, identifier, name);

        if (Modifier(declarations, SyntaxKind.StaticKeyword) is { } isStatic)
            yield return new(DeclarationRules.ClassIsStatic, isStatic, name);

        if (Modifier(declarations, SyntaxKind.AbstractKeyword) is { } isAbstract)
            yield return new(DeclarationRules.ClassIsAbstract, isAbstract, name);

        if (declaration.TypeParameterList is { } parameters)
            yield return new(DeclarationRules.ClassIsGeneric, parameters.GetLocation(), name, name);
        else if (ContainingTypes(type).FirstOrDefault(outer => outer.Arity > 0) is { } generic)
            yield return new(DeclarationRules.ClassIsGeneric, identifier, name, generic.Name);

        foreach (var outer in ContainingTypes(type))
        {
            if (!Declarations(outer, cancellation).All(part => part.Modifiers.Any(SyntaxKind.PartialKeyword)))
                yield return new(DeclarationRules.OuterTypeNotPartial, identifier, name, outer.Name);
        }

        if (declaration is RecordDeclarationSyntax)
        {
            yield return new(DeclarationRules.UnsupportedKindOfClass, declaration.Keyword.GetLocation(),
                name, "a record", "its copies would share one memory");
        }

        if (Modifier(declarations, SyntaxKind.FileKeyword) is { } isFileLocal)
            yield return FileLocal(isFileLocal, "file-local");
        else if (ContainingTypes(type).FirstOrDefault(outer => outer.IsFileLocal) is { } fileLocal)
            yield return FileLocal(identifier, $"nested in the file-local '{fileLocal.Name}'");

        if (members.Contains(name))
            yield return new(DeclarationRules.ClassHasMembersName, identifier, name);

        Finding FileLocal(Location location, string fault) =>
            new(DeclarationRules.UnsupportedKindOfClass, location, name, fault, "the generated part is in another file");
    }

    private static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }

    private static Location? Modifier(IEnumerable<TypeDeclarationSyntax> declarations, SyntaxKind kind) => declarations
        .SelectMany(declaration => declaration.Modifiers)
        .Where(modifier => modifier.IsKind(kind))
        .Select(modifier => modifier.GetLocation())
        .FirstOrDefault();

    /// <summary>All declarations of a type.</summary>
    public static IReadOnlyCollection<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellation) =>
        [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()];
}
