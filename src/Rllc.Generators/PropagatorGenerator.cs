using Microsoft.CodeAnalysis;

namespace Rllc.Generators;

/// <summary>Emits an optimizer for every class that declares its memory with [Propagator], in three stages: Find, Plan, Emit.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PropagatorGenerator : IIncrementalGenerator
{
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

        context.RegisterSourceOutput(plans, (output, plan) =>
        {
            foreach (var (hintName, text) in Emitter.Files(plan))
                output.AddSource(hintName, text);
        });
    }
}
