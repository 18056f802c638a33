using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Rllc.Generators.Analysis;

namespace Rllc.Generators;

/// <summary>Reports every rule that the declaration of an optimizer breaks: its formula, its class, its hyperparameters.</summary>
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
        var all = type.GetAttributes();
        var specs = all.Where(attribute => Is(attribute, attributes.Propagator)).ToList();
        var adams = all.Where(attribute => Is(attribute, attributes.Adam) || Is(attribute, attributes.AdamW)).ToList();
        var law = all.FirstOrDefault(attribute => Is(attribute, attributes.FixedLaw));
        var options = all.FirstOrDefault(attribute => Is(attribute, attributes.Hyperparameters));
        var buffers = all.Where(attribute => Is(attribute, attributes.CriticalMomenta) || Is(attribute, attributes.CriticalGradients)).ToList();
        var ofBuffers = AdamChecks.CheckCritical(type, buffers, hasAdam: adams.Count > 0, cancellation);
        if (specs.Concat(adams).FirstOrDefault() is not { } formula)
            return WithoutPropagator(law, options).Concat(ofBuffers);

        var others = adams.Where(attribute => attribute != formula).Select(attribute => new Finding(
            DeclarationRules.SeveralFormulas, Syntax(attribute, cancellation).GetLocation(), type.Name, NameOf(formula), NameOf(attribute)));
        return (specs.Count > 0 ? CheckLinearMemory() : CheckAdam(formula)).Concat(others).Concat(ofBuffers);

        IEnumerable<Finding> CheckLinearMemory()
        {
            var declaration = Declaration(specs[0], cancellation);
            var findings = ClassChecks.Check(type, declaration, EmittedMembers.OfLinearMemory, cancellation)
                .Concat(BaseChecks.Check(type, declaration, compilation, cancellation))
                .Concat(PropagatorChecks.Check(specs, isFixed: law is not null, out var spec, cancellation));
            if (law is not null)
                findings = findings.Concat(LawChecks.Check(law, spec, cancellation));
            return options is null ? findings : findings.Concat(HyperparameterChecks.Check(options, spec, isFixed: law is not null, cancellation));
        }

        IEnumerable<Finding> CheckAdam(AttributeData adam)
        {
            var declaration = Declaration(adam, cancellation);
            var findings = ClassChecks.Check(type, declaration, EmittedMembers.OfAdam, cancellation)
                .Concat(BaseChecks.CheckAdam(type, declaration, NameOf(adam), cancellation))
                .Concat(AdamChecks.Check(adam, cancellation))
                .Concat(WithoutPropagator(law));
            return options is null ? findings : findings.Concat(HyperparameterChecks.CheckAdam(options, NameOf(adam), cancellation));
        }

        IEnumerable<Finding> WithoutPropagator(params AttributeData?[] unread) => unread.OfType<AttributeData>().Select(attribute => new Finding(
            DeclarationRules.WithoutPropagator, Syntax(attribute, cancellation).GetLocation(), type.Name, NameOf(attribute)));
    }

    private static TypeDeclarationSyntax Declaration(AttributeData attribute, CancellationToken cancellation) =>
        Syntax(attribute, cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()!;

    /// <summary>The name of an attribute as it is written in brackets.</summary>
    internal static string NameOf(AttributeData attribute)
    {
        const string suffix = "Attribute";
        var name = attribute.AttributeClass!.Name;
        return name.Substring(0, name.Length - suffix.Length);
    }

    private static bool Is(AttributeData attribute, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, type);

    private static SyntaxNode Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
}
