using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>
/// Emits an optimizer for every class that declares its memory with [Propagator], or its formula with [Adam] or [AdamW], in three
/// stages: Find, Plan, Emit.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PropagatorGenerator : IIncrementalGenerator
{
    // A consumer for whom it exists references Rllc.Kernels.
    private const string KernelArgument = "Rllc.Kernels.StepViews";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(DeclarationFinder.Attribute, DeclarationFinder.IsCandidate, DeclarationFinder.Find)
            .Where(declaration => declaration is not null)
            .Select((declaration, _) => declaration!)
            .WithTrackingName("Find");

        var adam = AdamDeclarations(context, AdamFinder.Adam);
        var adamW = AdamDeclarations(context, AdamFinder.AdamW);

        var collisions = declarations.Select((declaration, _) => declaration.Type).Collect()
            .Combine(adam.Select((declaration, _) => declaration.Type).Collect())
            .Combine(adamW.Select((declaration, _) => declaration.Type).Collect())
            .Select((types, _) => HintNames.Collisions(types.Left.Left.Concat(types.Left.Right).Concat(types.Right).Select(HintNames.FullName)));

        var plans = declarations
            .Combine(collisions)
            .Select((pair, _) => OptimizerPlanner.Plan(pair.Left, pair.Right))
            .WithTrackingName("Plan");

        var hasKernels = context.CompilationProvider
            .Select((compilation, _) => compilation.GetTypeByMetadataName(KernelArgument) is not null)
            .WithTrackingName("HasKernels");

        context.RegisterSourceOutput(plans, (output, plan) => Add(output, Emitter.Files(plan)));
        context.RegisterSourceOutput(plans.Combine(hasKernels), (output, pair) => Add(output, pair.Right ? Emitter.DeviceFiles(pair.Left) : []));
        AddAdams(context, adam, collisions);
        AddAdams(context, adamW, collisions);
    }

    private static IncrementalValuesProvider<AdamDeclaration> AdamDeclarations(IncrementalGeneratorInitializationContext context, string attribute) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, DeclarationFinder.IsCandidate, AdamFinder.Find)
            .Where(declaration => declaration is not null)
            .Select((declaration, _) => declaration!)
            .WithTrackingName("Find");

    private static void AddAdams(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<AdamDeclaration> declarations, IncrementalValueProvider<EquatableArray<NumberedName>> collisions)
    {
        var plans = declarations
            .Combine(collisions)
            .Select((pair, _) => AdamPlanner.Plan(pair.Left, pair.Right))
            .WithTrackingName("Plan");
        context.RegisterSourceOutput(plans, (output, plan) => Add(output, Emitter.Files(plan)));
    }

    private static void Add(SourceProductionContext output, IEnumerable<(string HintName, string Text)> files)
    {
        foreach (var (hintName, text) in files)
            output.AddSource(hintName, text);
    }
}
