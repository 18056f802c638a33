using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Plan, the second stage: from what a class declares to all that is to be printed.</summary>
internal static class OptimizerPlanner
{
    /// <summary>The plan of one class.</summary>
    /// <param name="declaration">What the class declares.</param>
    /// <param name="collisions">The names in the project that need a number.</param>
    public static ClassPlan Plan(OptimizerDeclaration declaration, EquatableArray<NumberedName> collisions)
    {
        var hintName = HintNames.Prefix(declaration.Type, collisions);
        var analysis = PropagatorSpec.Analyze(declaration.Specs);
        if (analysis.Spec is not { } spec)
        {
            var error = analysis.Diagnostics.First(diagnostic => diagnostic.Rule.Severity == RuleSeverity.Error);
            return new StubPlan(hintName, declaration.Type, declaration.Host, declaration.Hyperparameters, Literals.String($"{error.Rule.Id}: {error.Message}"));
        }

        var memory = LinearMemory.FromSpec(spec);
        return new OptimizerPlan(
            hintName, declaration.Type, declaration.Host, declaration.Hyperparameters, PlanMemory(memory, spec), KernelPlanner.Plan(memory, spec));
    }

    private static MemoryPlan PlanMemory(LinearMemory memory, PropagatorSpec spec) => new(
        spec.ToString(),
        Literals.String(spec.ToString()),
        spec.Propagators.SelectMany(Descriptions).Zip(spec.UnitNames, (description, name) => new UnitPlan(name, description)).ToEquatableArray(),
        Rows(memory.B),
        Row(memory.a),
        Rows(memory.S),
        memory.ToString());

    private static IEnumerable<string> Descriptions(Propagator block) => block.UnitCount == 1
        ? [SpecPrinter.PrintCore(block)]
        : Enumerable.Range(1, block.UnitCount).Select(unit => $"unit {unit} of {SpecPrinter.PrintCore(block)}");

    private static EquatableArray<string> Rows(SquareMatrix matrix) =>
        Enumerable.Range(0, matrix.Size)
            .Select(row => Row(Enumerable.Range(0, matrix.Size).Select(column => matrix[row, column])))
            .ToEquatableArray();

    private static string Row(IEnumerable<double> entries) => string.Join(", ", entries.Select(Literals.Double));
}
