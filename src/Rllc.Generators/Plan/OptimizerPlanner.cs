using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Plan, the second stage: from what a class declares to all that is to be printed.</summary>
internal static class OptimizerPlanner
{
    /// <summary>What a law that never learns is written as.</summary>
    public const string FixedLaw = "FixedLaw";

    /// <summary>The plan of one class.</summary>
    /// <param name="declaration">What the class declares.</param>
    /// <param name="collisions">The names in the project that need a number.</param>
    public static ClassPlan Plan(OptimizerDeclaration declaration, EquatableArray<NumberedName> collisions)
    {
        var hintName = HintNames.Prefix(declaration.Type, collisions);
        return declaration.Given is { } given ? PlanGiven(declaration, given, hintName) : PlanPropagators(declaration, hintName);
    }

    private static ClassPlan PlanPropagators(OptimizerDeclaration declaration, string hintName)
    {
        var analysis = PropagatorSpec.Analyze(declaration.Specs);
        if (analysis.Spec is { } spec)
            return PlanOptimizer(declaration, hintName, new(spec, Reduction: null), given: null);

        var error = analysis.Diagnostics.First(diagnostic => diagnostic.Rule.Severity == RuleSeverity.Error);
        return PlanStub(declaration, hintName, error.Rule, error.Message);
    }

    private static ClassPlan PlanGiven(OptimizerDeclaration declaration, GivenMemory given, string hintName)
    {
        var analysis = GivenAnalysis.Of(given);
        if (analysis.Memory is { } memory)
            return PlanOptimizer(declaration, hintName, memory, GivenPlan.Of(given, memory.Reduction!));

        var error = analysis.Faults.First(fault => fault.Rule.Severity == RuleSeverity.Error);
        return PlanStub(declaration, hintName, error.Rule, error.Message);
    }

    private static StubPlan PlanStub(OptimizerDeclaration declaration, string hintName, Rule rule, string message) => new(
        hintName, declaration.Type, declaration.Host, declaration.Hyperparameters, Literals.String($"{rule.Id}: {message}"), declaration.Given is not null);

    private static ClassPlan PlanOptimizer(OptimizerDeclaration declaration, string hintName, DeclaredMemory declared, GivenPlan? given)
    {
        if (declaration.FixedLaw is { } written && written.Count != declared.LawUnits.Count)
        {
            return PlanStub(declaration, hintName, DeclarationRules.LawLength, LawLength.Message(FixedLaw, written.Count, declared.LawUnits));
        }

        var law = declaration.FixedLaw is { } coefficients ? declared.ToLaw(coefficients) : null;
        var memory = LinearMemory.FromSpec(declared.Spec);
        return new OptimizerPlan(
            hintName,
            declaration.Type,
            declaration.Host,
            Defaults(declaration.Hyperparameters, law).ToEquatableArray(),
            PlanMemory(memory, declared.Spec, law),
            KernelPlanner.Plan(memory, declared.Spec),
            given);
    }

    /// <summary>
    /// The defaults of a class. Of a fixed law: L itself, and what asks for neither a Gram matrix nor a second pass; what the class names
    /// comes after it.
    /// </summary>
    /// <param name="declared">What the class names.</param>
    /// <param name="law">The fixed law; null where it learns.</param>
    public static IEnumerable<Hyperparameter> Defaults(EquatableArray<Hyperparameter> declared, IReadOnlyList<double>? law) => law is null
        ? declared
        : new Hyperparameter[]
            {
                new(FixedLaw, $"new double[] {{ {Literals.Row(law)} }}"),
                new("LawLearningRate", "0"),
                new("SkipNonFinite", "false"),
            }
            .Where(own => declared.All(hyperparameter => hyperparameter.Name != own.Name))
            .Concat(declared);

    private static MemoryPlan PlanMemory(LinearMemory memory, PropagatorSpec spec, IReadOnlyList<double>? law) => new(
        spec.ToString(),
        Literals.String(spec.ToString()),
        spec.Propagators.SelectMany(Descriptions).Zip(spec.UnitNames, (description, name) => new UnitPlan(name, description)).ToEquatableArray(),
        Rows(memory.B),
        Literals.Row(memory.a),
        Rows(memory.S),
        law is null ? memory.ToString() : MemoryReport.Print(memory, law, spec.ToString()));

    private static IEnumerable<string> Descriptions(Propagator block) => block.UnitCount == 1
        ? [SpecPrinter.PrintCore(block)]
        : Enumerable.Range(1, block.UnitCount).Select(unit => $"unit {unit} of {SpecPrinter.PrintCore(block)}");

    private static EquatableArray<string> Rows(SquareMatrix matrix) =>
        Enumerable.Range(0, matrix.Size)
            .Select(row => Literals.Row(Enumerable.Range(0, matrix.Size).Select(column => matrix[row, column])))
            .ToEquatableArray();
}
