using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Rllc.Generators.Analysis;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Reports every rule that the declaration of an optimizer breaks: its spec, its class, its hyperparameters.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PropagatorAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => RuleDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Rllc.PropagatorAttribute") is { } propagator &&
                start.Compilation.GetTypeByMetadataName("Rllc.HyperparametersAttribute") is { } hyperparameters)
            {
                start.RegisterSymbolAction(symbol => Analyze(symbol, propagator, hyperparameters), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol propagator, INamedTypeSymbol hyperparameters)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class)
            return;

        foreach (var finding in Check(type, propagator, hyperparameters, context.Compilation, context.CancellationToken))
            context.ReportDiagnostic(finding.ToDiagnostic());
    }

    private static IEnumerable<Finding> Check(
        INamedTypeSymbol type, INamedTypeSymbol propagator, INamedTypeSymbol hyperparameters, Compilation compilation, CancellationToken cancellation)
    {
        var attributes = type.GetAttributes();
        var specs = attributes.Where(attribute => Is(attribute, propagator)).ToList();
        var options = attributes.FirstOrDefault(attribute => Is(attribute, hyperparameters));
        var given = attributes.FirstOrDefault(attribute => DeclarationFinder.Is(attribute, DeclarationFinder.GivenAttribute));
        if (specs.Count == 0 && given is null)
        {
            return options is null
                ? []
                : [new(DeclarationRules.HyperparametersWithoutPropagator, Syntax(options, cancellation).GetLocation(), type.Name)];
        }

        PropagatorSpec? spec;
        var memory = specs.Count > 0 ? PropagatorChecks.Check(specs, out spec, cancellation) : GivenMemoryChecks.Check(given!, out spec, cancellation);
        var declaration = Syntax(specs.FirstOrDefault() ?? given!, cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var findings = ClassChecks.Check(type, declaration, compilation, cancellation).Concat(memory);
        if (specs.Count > 0 && given is not null)
            findings = findings.Append(new(GivenMemoryRules.BesidePropagator, Syntax(given, cancellation).GetLocation(), type.Name));
        return options is null ? findings : findings.Concat(HyperparameterChecks.Check(options, spec, cancellation));
    }

    private static bool Is(AttributeData attribute, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, type);

    private static SyntaxNode Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
}
