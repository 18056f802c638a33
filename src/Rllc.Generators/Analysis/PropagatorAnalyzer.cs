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
        // Of most classes there is nothing to look at, and this runs while somebody types.
        if (type.TypeKind != TypeKind.Class || type.GetAttributes().IsEmpty)
            return;

        foreach (var finding in Check(type, attributes, context.Compilation, context.CancellationToken))
            context.ReportDiagnostic(finding.ToDiagnostic());
    }

    private static IEnumerable<Finding> Check(
        INamedTypeSymbol type, DeclarationAttributes attributes, Compilation compilation, CancellationToken cancellation)
    {
        var specs = DeclarationAttributes.On(type, attributes.Propagator);
        var given = DeclarationAttributes.On(type, attributes.LinearMemory);
        var rules = DeclarationAttributes.On(type, attributes.MemoryRule);
        var moments = attributes.Moments(type);
        var laws = DeclarationAttributes.On(type, attributes.FixedLaw);
        var claims = DeclarationAttributes.On(type, attributes.EquivalentTo);
        var options = DeclarationAttributes.On(type, attributes.Hyperparameters);
        var buffers = DeclarationAttributes.On(type, attributes.CriticalMomenta).Concat(DeclarationAttributes.On(type, attributes.CriticalGradients)).ToList();
        var ofBuffers = MomentChecks.CheckCritical(type, buffers, moments.FirstOrDefault(), cancellation);
        if (specs.Concat(given).Concat(moments).Concat(rules).FirstOrDefault() is not { } formula)
            return WithoutPropagator(laws.Concat(options).Concat(claims)).Concat(ofBuffers);

        var others = moments.Concat(rules).Where(attribute => attribute != formula).Select(attribute => new Finding(
            DeclarationRules.SeveralFormulas, Syntax(attribute, cancellation).GetLocation(), type.Name, NameOf(formula), NameOf(attribute)));
        var ofFormula = formula == moments.FirstOrDefault() ? CheckMoments() : formula == rules.FirstOrDefault() ? CheckRule() : CheckLinearMemory();
        return ofFormula.Concat(others).Concat(ofBuffers);

        IEnumerable<Finding> CheckLinearMemory()
        {
            var isFixed = laws.Count > 0;
            var declaration = Declaration(formula, cancellation);
            DeclaredMemory? memory;
            var findings = specs.Count > 0
                ? PropagatorChecks.Check(specs, isFixed, out memory, cancellation)
                : GivenMemoryChecks.Check(formula, isFixed, out memory, cancellation);
            return ClassChecks.Check(type, declaration, EmittedMembers.OfLinearMemory, cancellation)
                .Concat(BaseChecks.Check(type, declaration, compilation, cancellation))
                .Concat(findings)
                .Concat(given.Where(attribute => attribute != formula).Select(attribute =>
                    new Finding(GivenMemoryRules.BesidePropagator, Syntax(attribute, cancellation).GetLocation(), type.Name)))
                .Concat(laws.SelectMany(law => LawChecks.Check(law, memory?.LawUnits, cancellation)))
                .Concat(options.SelectMany(values => HyperparameterChecks.Check(values, memory?.Spec.UnitNames, isFixed, cancellation)))
                .Concat(new EquivalenceChecks(attributes).Check(type, cancellation));
        }

        IEnumerable<Finding> CheckRule()
        {
            var declaration = Declaration(formula, cancellation);
            var (methods, faults, _) = RuleReader.Read(type, formula, cancellation);
            var units = methods?.Units.Select(unit => unit.Name).ToList();
            return ClassChecks.Check(type, declaration, EmittedMembers.OfMemoryRule, cancellation)
                .Concat(BaseChecks.Check(type, declaration, compilation, cancellation))
                .Concat(faults.Select(fault => new Finding(fault.Rule, fault.Location, fault.Arguments)))
                .Concat(laws.SelectMany(law => LawChecks.Check(law, units, cancellation)))
                .Concat(options.SelectMany(values => HyperparameterChecks.Check(values, units, isFixed: laws.Count > 0, cancellation)))
                .Concat(new EquivalenceChecks(attributes).Check(type, cancellation));
        }

        IEnumerable<Finding> CheckMoments()
        {
            var declaration = Declaration(formula, cancellation);
            return ClassChecks.Check(type, declaration, EmittedMembers.OfAdam, cancellation)
                .Concat(BaseChecks.CheckAdam(type, declaration, NameOf(formula), compilation, cancellation))
                .Concat(MomentChecks.Check(formula, cancellation))
                .Concat(WithoutPropagator(laws.Concat(claims)))
                .Concat(options.SelectMany(values => HyperparameterChecks.CheckAdam(values, NameOf(formula), cancellation)));
        }

        IEnumerable<Finding> WithoutPropagator(IEnumerable<AttributeData> unread) => unread.Select(attribute => new Finding(
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

    private static SyntaxNode Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
}
