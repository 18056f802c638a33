using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Emits an optimizer for every class that declares its memory with [Propagator] or [LinearMemory], in three stages: Find, Plan, Emit.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PropagatorGenerator : IIncrementalGenerator
{
    // A consumer for whom it exists references Rllc.Kernels.
    private const string KernelArgument = "Rllc.Kernels.StepViews";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = Find(context, DeclarationFinder.Attribute, DeclarationFinder.Find);
        var given = Find(context, DeclarationFinder.GivenAttribute, DeclarationFinder.FindGiven);
        var collisions = FullNames(declarations)
            .Combine(FullNames(given))
            .Select((names, _) => HintNames.Collisions([.. names.Left, .. names.Right]));
        var hasKernels = context.CompilationProvider
            .Select((compilation, _) => compilation.GetTypeByMetadataName(KernelArgument) is not null)
            .WithTrackingName("HasKernels");

        Emit(context, declarations, collisions, hasKernels);
        Emit(context, given, collisions, hasKernels);
    }

    private static IncrementalValuesProvider<OptimizerDeclaration> Find(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, OptimizerDeclaration?> find) => context.SyntaxProvider
        .ForAttributeWithMetadataName(attribute, DeclarationFinder.IsCandidate, find)
        .Where(declaration => declaration is not null)
        .Select((declaration, _) => declaration!)
        .WithTrackingName("Find");

    private static IncrementalValueProvider<ImmutableArray<string>> FullNames(IncrementalValuesProvider<OptimizerDeclaration> declarations) =>
        declarations.Select((declaration, _) => HintNames.FullName(declaration.Type)).Collect();

    private static void Emit(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<OptimizerDeclaration> declarations,
        IncrementalValueProvider<EquatableArray<NumberedName>> collisions,
        IncrementalValueProvider<bool> hasKernels)
    {
        var plans = declarations
            .Combine(collisions)
            .Select((pair, _) => OptimizerPlanner.Plan(pair.Left, pair.Right))
            .WithTrackingName("Plan");

        context.RegisterSourceOutput(plans, (output, plan) => Add(output, Emitter.Files(plan)));
        context.RegisterSourceOutput(plans.Combine(hasKernels), (output, pair) => Add(output, pair.Right ? Emitter.DeviceFiles(pair.Left) : []));
    }

    private static void Add(SourceProductionContext output, IEnumerable<(string HintName, string Text)> files)
    {
        foreach (var (hintName, text) in files)
            output.AddSource(hintName, text);
    }
}
