using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Find for classes with [Adam], [AdamW], [RmsProp] or [Sgd].</summary>
internal static class MomentFinder
{
    public const string Adam = "Rllc.AdamAttribute";

    public const string AdamW = "Rllc.AdamWAttribute";

    public const string RmsProp = "Rllc.RmsPropAttribute";

    public const string Sgd = "Rllc.SgdAttribute";

    public const string CriticalMomenta = "Rllc.CriticalMomentaAttribute";

    public const string CriticalGradients = "Rllc.CriticalGradientsAttribute";

    /// <summary>The base class of their optimizers of flat spans.</summary>
    public const string SpanHost = "Rllc.MomentOptimizer";

    /// <summary>The base class of their optimizers of TorchSharp's parameters.</summary>
    public const string TorchHost = "Rllc.TorchMomentOptimizer";

    // In the order in which they stand for a class that has several.
    private static readonly string[] Formulas = [DeclarationFinder.Attribute, Adam, AdamW, RmsProp, Sgd];

    /// <summary>
    /// The declaration of a class, or null where nothing can be generated into it or another of its attributes stands for it (the
    /// analyzer says why).
    /// </summary>
    public static MomentDeclaration? Find(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        // The first of them on the class stands for it.
        var before = Formulas.TakeWhile(name => !DeclarationFinder.Is(attribute, name)).ToList();
        return DeclarationFinder.StandsForClass(context) && HostOf(type.BaseType) is { } host && !type.GetAttributes().Any(other => before.Any(name => DeclarationFinder.Is(other, name)))
            && DeclarationFinder.CanBeExtended(type, EmittedMembers.OfAdam, cancellation)
            ? Read(type, host, attribute)
            : null;
    }

    private static MomentDeclaration Read(INamedTypeSymbol type, Host host, AttributeData attribute)
    {
        var (path, critical, hyperparameters) = (DeclarationFinder.Path(type), Critical(type), HyperparameterReader.Read(type).ToEquatableArray());
        var momentum = MomentReader.Number(attribute, MomentReader.Momentum, 0.0);
        var epsilon = MomentReader.Number(attribute, MomentReader.Epsilon, 1e-8);
        return DeclarationFinder.Is(attribute, Sgd)
            ? new(path, host, MomentKind.Sgd, IsDecoupled: false, momentum, Beta2: 0, Epsilon: 0, critical, hyperparameters)
            : DeclarationFinder.Is(attribute, RmsProp)
            ? new(path, host, MomentKind.RmsProp, IsDecoupled: false, momentum, MomentReader.Number(attribute, MomentReader.Alpha, 0.99), epsilon, critical, hyperparameters)
            : new(path, host, MomentKind.Adam, DeclarationFinder.Is(attribute, AdamW),
                MomentReader.Number(attribute, MomentReader.Beta1, 0.9), MomentReader.Number(attribute, MomentReader.Beta2, 0.999), epsilon, critical, hyperparameters);
    }

    // Where a class has both, the analyzer refuses it.
    private static CriticalDeclaration? Critical(INamedTypeSymbol type) => type.GetAttributes()
        .Where(attribute => DeclarationFinder.Is(attribute, CriticalMomenta) || DeclarationFinder.Is(attribute, CriticalGradients))
        .Select(attribute => new CriticalDeclaration(
            DeclarationFinder.Is(attribute, CriticalMomenta), MomentReader.Number(attribute, MomentReader.Capacity, 5), MomentReader.Number(attribute, MomentReader.Decay, 0.7),
            IsReference: attribute.NamedArguments.Any(argument => argument.Key == MomentReader.Compatibility && argument.Value.Value is 1)))
        .FirstOrDefault();

    /// <summary>What a class of this base has for a host; null where it cannot step by Adam.</summary>
    public static Host? HostOf(INamedTypeSymbol? host) => host switch
    {
        { SpecialType: SpecialType.System_Object } => Host.Spans,
        { TypeKind: not TypeKind.Error } when host.ToDisplayString() == SpanHost => Host.Spans,
        { TypeKind: not TypeKind.Error } when host.ToDisplayString() == TorchHost => Host.Torch,
        _ => null,
    };
}
