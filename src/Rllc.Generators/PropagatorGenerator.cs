using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Emits an optimizer for every class that declares its memory with [Propagator], in three stages: Find, Plan, Emit.</summary>
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

        var collisions = declarations
            .Select((declaration, _) => HintNames.FullName(declaration.Type))
            .Collect()
            .Select((names, _) => HintNames.Collisions(names));

        var plans = declarations
            .Combine(collisions)
            .Select((pair, _) => OptimizerPlanner.Plan(pair.Left, pair.Right))
            .WithTrackingName("Plan");

        var hasKernels = context.CompilationProvider
            .Select((compilation, _) => compilation.GetTypeByMetadataName(KernelArgument) is not null)
            .WithTrackingName("HasKernels");

        context.RegisterSourceOutput(plans, (output, plan) => Add(output, Emitter.Files(plan)));
        context.RegisterSourceOutput(plans.Combine(hasKernels), (output, pair) => Add(output, pair.Right ? Emitter.DeviceFiles(pair.Left) : []));
    }

    private static void Add(SourceProductionContext output, IEnumerable<(string HintName, string Text)> files)
    {
        foreach (var (hintName, text) in files)
            output.AddSource(hintName, text);
    }
}
