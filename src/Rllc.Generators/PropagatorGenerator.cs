using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>
/// Emits an optimizer for every class that declares its memory with [Propagator], [LinearMemory] or [MemoryRule], or its formula with
/// [Adam] or [AdamW], in three stages: Find, Plan, Emit.
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
        var collisions = FullNames(declarations, declaration => declaration.Type)
            .Combine(FullNames(given, declaration => declaration.Type))
            .Combine(FullNames(rules, declaration => declaration.Type))
            .Combine(FullNames(adam, declaration => declaration.Type))
            .Combine(FullNames(adamW, declaration => declaration.Type))
            .Select((names, _) => HintNames.Collisions([.. names.Left.Left.Left.Left, .. names.Left.Left.Left.Right, .. names.Left.Left.Right, .. names.Left.Right, .. names.Right]));
        var hasKernels = context.CompilationProvider
            .Select((compilation, _) => compilation.GetTypeByMetadataName(KernelArgument) is not null)
            .WithTrackingName("HasKernels");

        Emit(context, declarations, collisions, OptimizerPlanner.Plan, hasKernels);
        Emit(context, given, collisions, OptimizerPlanner.Plan, hasKernels);
        Emit(context, rules, collisions, RulePlanner.Plan, hasKernels);
        EmitAdams(context, adam, collisions, hasKernels);
        EmitAdams(context, adamW, collisions, hasKernels);
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

    private static void EmitAdams(
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
