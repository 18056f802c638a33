#if HAS_ILGPU || HAS_TORCH
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>Holds the signatures that stand in for ILGPU, Rllc.Kernels, TorchSharp and Rllc.Torch to the assemblies themselves.</summary>
public sealed class SurfaceTests
{
    private static readonly SymbolDisplayFormat Signature = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeType,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly (ImmutableArray<MetadataReference> Surface, ImmutableArray<MetadataReference> Real)[] Pairs =
    [
#if HAS_ILGPU
        (DeviceReferences.Surface, DeviceReferences.Real),
#endif
#if HAS_TORCH
        (TorchReferences.Surface, TorchReferences.Real),
#endif
    ];

    private static readonly ImmutableArray<MetadataReference> AllSurfaces = [.. Pairs.SelectMany(pair => pair.Surface)];

    public static TheoryData<string> Types => [.. SurfaceTypes().Select(MetadataName)];

    [Theory, MemberData(nameof(Types))]
    public void Every_signature_of_the_surface_is_one_of_the_real_assemblies(string type)
    {
        var surface = Compilation(AllSurfaces).GetTypeByMetadataName(type)!;
        var real = Compilation(Pairs.SelectMany(pair => pair.Real)).GetTypeByMetadataName(type);

        Assert.NotNull(real);
        Assert.Equal(surface.ContainingAssembly.Name, real.ContainingAssembly.Name);
        Assert.Equal(Kind(surface), Kind(real));
        Assert.Subset(Signatures(real), Signatures(surface));
    }

    private static string Kind(INamedTypeSymbol type) =>
        $"{type.DeclaredAccessibility} {(type.IsStatic ? "static " : "")}{(type.IsAbstract ? "abstract " : "")}{(type.IsSealed ? "sealed " : "")}{type.ToDisplayString(Signature)}";

    private static HashSet<string> Signatures(INamedTypeSymbol type) => [.. type.GetMembers()
        .Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected && !IsImplicit(member))
        .Select(member => member.ToDisplayString(Signature))];

    // Every struct has this constructor.
    private static bool IsImplicit(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.IsValueType: true };

    private static IEnumerable<INamedTypeSymbol> SurfaceTypes()
    {
        var compilation = Compilation(AllSurfaces);
        return AllSurfaces
            .Select(reference => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!)
            .SelectMany(assembly => TypesOf(assembly.GlobalNamespace))
            .Where(type => type.DeclaredAccessibility == Accessibility.Public);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesOf));

    private static string MetadataName(INamedTypeSymbol type) => $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";

    private static Compilation Compilation(IEnumerable<MetadataReference> references) => ConsumerProject.Of().Referencing(references).Compilation;
}
#endif
