using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators;

/// <summary>Find, the first stage and the only one that sees symbols: from a class with [Propagator] or [LinearMemory] to its declaration.</summary>
internal static class DeclarationFinder
{
    public const string Attribute = "Rllc.PropagatorAttribute";

    /// <summary>The attribute of a memory that is given by its matrices.</summary>
    public const string GivenAttribute = "Rllc.LinearMemoryAttribute";

    /// <summary>The base class of optimizers of flat spans.</summary>
    public const string SpanHost = "Rllc.Optimizer";

    /// <summary>The base class of optimizers of TorchSharp's parameters.</summary>
    public const string TorchHost = "Rllc.TorchOptimizer";

    /// <summary>Whether a syntax node can be a class to extend.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is ClassDeclarationSyntax declaration && IsPartial(declaration);

    /// <summary>
    /// The declaration of a class, or null where nothing can be generated into it (the analyzer says why), and where another
    /// part of the same class stands for it.
    /// </summary>
    public static OptimizerDeclaration? Find(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var propagators = type.GetAttributes().Where(attribute => Is(attribute, Attribute)).ToList();
        return StandsForClass(context) && HostOf(type) is { } host && CanBeExtended(type, EmittedMembers.OfLinearMemory, cancellation)
            ? new(Path(type), host, propagators.Select(Spec).ToEquatableArray(), FixedLawReader.Read(type), HyperparameterReader.Read(type).ToEquatableArray())
            : null;
    }

    /// <summary>The same for a class with [LinearMemory]; null also where it has a [Propagator], which then stands for it.</summary>
    public static OptimizerDeclaration? FindGiven(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        return StandsForClass(context) && !type.GetAttributes().Any(attribute => Is(attribute, Attribute)) && HostOf(type) is { } host && CanBeExtended(type, EmittedMembers.OfLinearMemory, cancellation)
            ? new(Path(type), host, default, FixedLawReader.Read(type), HyperparameterReader.Read(type).ToEquatableArray(), GivenMemoryReader.Read(context.Attributes[0]))
            : null;
    }

    /// <summary>Whether the attribute is of the given type.</summary>
    public static bool Is(AttributeData attribute, string metadataName) => attribute.AttributeClass?.ToDisplayString() == metadataName;

    /// <summary>
    /// The text of a [Propagator] attribute. The compiler reports an argument that is no constant string; what is empty breaks a rule
    /// of the language.
    /// </summary>
    public static string Spec(AttributeData attribute) =>
        attribute.ConstructorArguments.Select(argument => argument.Kind == TypedConstantKind.Primitive ? argument.Value as string : null).FirstOrDefault() ?? "";

    /// <summary>
    /// Whether a part of a class is the one that the class is generated for. Several may carry the same attribute, if only by mistake; the
    /// part with the first one stands for all.
    /// </summary>
    public static bool StandsForClass(GeneratorAttributeSyntaxContext context) =>
        context.TargetSymbol.GetAttributes().First(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, context.Attributes[0].AttributeClass))
            .ApplicationSyntaxReference is { } reference && reference.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(reference.Span);

    /// <summary>Whether members can be generated into a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="members">Their names.</param>
    /// <param name="cancellation">Ends the search for the class's declarations.</param>
    public static bool CanBeExtended(INamedTypeSymbol type, ImmutableHashSet<string> members, CancellationToken cancellation) =>
        !type.IsStatic && !members.Contains(type.Name) && SelfAndContainingTypes(type).All(each =>
            each.Arity == 0 && !each.IsFileLocal &&
            each.DeclaringSyntaxReferences.All(reference => IsPartial((TypeDeclarationSyntax)reference.GetSyntax(cancellation))));

    /// <summary>What the base class of a class is; null where it is no host of a law.</summary>
    public static Host? HostOf(INamedTypeSymbol type) => type.BaseType switch
    {
        { SpecialType: SpecialType.System_Object } => Host.Spans,
        { TypeKind: not TypeKind.Error } host when host.ToDisplayString() == SpanHost => Host.Spans,
        { TypeKind: not TypeKind.Error } host when host.ToDisplayString() == TorchHost => Host.Torch,
        _ => null,
    };

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>Where a class is.</summary>
    public static TypePath Path(INamedTypeSymbol type) => new(
        string.Join(".", Namespaces(type).Select(Escape)),
        SelfAndContainingTypes(type).Skip(1).Reverse().Select(outer => new ContainingType(Keyword(outer), Escape(outer.Name))).ToEquatableArray(),
        Escape(type.Name));

    private static IEnumerable<INamedTypeSymbol> SelfAndContainingTypes(INamedTypeSymbol type)
    {
        for (var each = type; each is not null; each = each.ContainingType)
            yield return each;
    }

    private static IEnumerable<string> Namespaces(INamedTypeSymbol type)
    {
        var names = new Stack<string>();
        for (var space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            names.Push(space.Name);
        return names;
    }

    private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        _ => "class",
    };

    /// <summary>A name as an identifier.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
