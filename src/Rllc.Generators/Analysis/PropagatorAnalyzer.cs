using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Rllc.Generators.Analysis;

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
            if (DeclarationAttributes.Of(start.Compilation) is { } attributes)
                start.RegisterSymbolAction(symbol => Analyze(symbol, attributes), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, DeclarationAttributes attributes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class)
            return;

        foreach (var finding in Check(type, attributes, context.Compilation, context.CancellationToken))
            context.ReportDiagnostic(finding.ToDiagnostic());
    }

    private static IEnumerable<Finding> Check(
        INamedTypeSymbol type, DeclarationAttributes attributes, Compilation compilation, CancellationToken cancellation)
    {
        var specs = DeclarationAttributes.On(type, attributes.Propagator);
        var laws = DeclarationAttributes.On(type, attributes.FixedLaw);
        var options = DeclarationAttributes.On(type, attributes.Hyperparameters);
        if (specs.Count == 0)
        {
            return laws.Concat(options).Concat(DeclarationAttributes.On(type, attributes.EquivalentTo)).Select(attribute => new Finding(
                DeclarationRules.WithoutPropagator, Syntax(attribute, cancellation).GetLocation(), type.Name, NameOf(attribute)));
        }

        var declaration = Syntax(specs[0], cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var isFixed = laws.Count > 0;
        return ClassChecks.Check(type, declaration, compilation, cancellation)
            .Concat(PropagatorChecks.Check(specs, isFixed, out var spec, cancellation))
            .Concat(laws.SelectMany(law => LawChecks.Check(law, spec, cancellation)))
            .Concat(options.SelectMany(values => HyperparameterChecks.Check(values, spec, isFixed, cancellation)))
            .Concat(new EquivalenceChecks(attributes).Check(type, cancellation));
    }

    private static string NameOf(AttributeData attribute)
    {
        const string suffix = "Attribute";
        var name = attribute.AttributeClass!.Name;
        return name.Substring(0, name.Length - suffix.Length);
    }

    private static SyntaxNode Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
}
