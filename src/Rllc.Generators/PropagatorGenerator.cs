using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>
/// Emits an optimizer for every class that declares its memory with [Propagator], [LinearMemory] or [MemoryRule], or its formula with
/// [Adam], [AdamW], [RmsProp] or [Sgd], in three stages: Find, Plan, Emit.
/// </summary>
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
        var rules = Find(context, RuleFinder.Attribute, RuleFinder.Find);
        var adam = Find(context, MomentFinder.Adam, MomentFinder.Find);
        var adamW = Find(context, MomentFinder.AdamW, MomentFinder.Find);
        var rmsProp = Find(context, MomentFinder.RmsProp, MomentFinder.Find);
        var sgd = Find(context, MomentFinder.Sgd, MomentFinder.Find);
        var collisions = new[]
            {
                FullNames(declarations, declaration => declaration.Type),
                FullNames(given, declaration => declaration.Type),
                FullNames(rules, declaration => declaration.Type),
                FullNames(adam, declaration => declaration.Type),
                FullNames(adamW, declaration => declaration.Type),
                FullNames(rmsProp, declaration => declaration.Type),
                FullNames(sgd, declaration => declaration.Type),
            }
            .Aggregate((left, right) => left.Combine(right).Select((names, _) => names.Left.AddRange(names.Right)))
            .Select((names, _) => HintNames.Collisions(names));
        var hasKernels = context.CompilationProvider
            .Select((compilation, _) => compilation.GetTypeByMetadataName(KernelArgument) is not null)
            .WithTrackingName("HasKernels");

        Emit(context, declarations, collisions, OptimizerPlanner.Plan, hasKernels);
        Emit(context, given, collisions, OptimizerPlanner.Plan, hasKernels);
        Emit(context, rules, collisions, RulePlanner.Plan, hasKernels);
        foreach (var moments in new[] { adam, adamW, rmsProp, sgd })
            EmitMoments(context, moments, collisions, hasKernels);
    }

    private static IncrementalValuesProvider<T> Find<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> find) where T : class => context.SyntaxProvider
        .ForAttributeWithMetadataName(attribute, DeclarationFinder.IsCandidate, find)
        .Where(declaration => declaration is not null)
        .Select((declaration, _) => declaration!)
        .WithTrackingName("Find");

    private static IncrementalValueProvider<ImmutableArray<string>> FullNames<T>(IncrementalValuesProvider<T> declarations, Func<T, TypePath> type) =>
        declarations.Select((declaration, _) => HintNames.FullName(type(declaration))).Collect();

    private static void Emit<T>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<T> declarations,
        IncrementalValueProvider<EquatableArray<NumberedName>> collisions,
        Func<T, EquatableArray<NumberedName>, ClassPlan> plan,
        IncrementalValueProvider<bool> hasKernels)
    {
        var plans = declarations
            .Combine(collisions)
            .Select((pair, _) => plan(pair.Left, pair.Right))
            .WithTrackingName("Plan");
        context.RegisterSourceOutput(plans, (output, plan) => Add(output, Emitter.Files(plan)));
        context.RegisterSourceOutput(plans.Combine(hasKernels), (output, pair) => Add(output, pair.Right ? Emitter.DeviceFiles(pair.Left) : []));
    }

    private static void EmitMoments(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<MomentDeclaration> declarations,
        IncrementalValueProvider<EquatableArray<NumberedName>> collisions,
        IncrementalValueProvider<bool> hasKernels)
    {
        var plans = declarations
            .Combine(collisions)
            .Select((pair, _) => MomentPlanner.Plan(pair.Left, pair.Right))
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
