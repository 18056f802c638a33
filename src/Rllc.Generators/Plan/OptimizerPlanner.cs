using System.Globalization;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Plan, the second stage: from what a class declares to all that is to be printed.</summary>
internal static class OptimizerPlanner
{
    private const string FixedLaw = "FixedLaw";

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
            return Stub(error.Rule, error.Message);
        }

        if (declaration.FixedLaw is { } law && law.Count != spec.UnitCount)
        {
            var rule = DeclarationRules.LawLength;
            return Stub(rule, string.Format(CultureInfo.InvariantCulture, rule.MessageFormat, LawLength.Arguments(FixedLaw, law.Count, spec)));
        }

        var memory = LinearMemory.FromSpec(spec);
        return new OptimizerPlan(
            hintName,
            declaration.Type,
            declaration.Host,
            Defaults(declaration).ToEquatableArray(),
            PlanMemory(memory, spec, declaration.FixedLaw),
            KernelPlanner.Plan(memory, spec));

        StubPlan Stub(Rule rule, string message) =>
            new(hintName, declaration.Type, declaration.Host, declaration.Hyperparameters, Literals.String($"{rule.Id}: {message}"));
    }

    // Of a fixed law: L itself, and what asks for neither a Gram matrix nor a second pass. What the class names comes after it.
    private static IEnumerable<Hyperparameter> Defaults(OptimizerDeclaration declaration) => declaration.FixedLaw is not { } law
        ? declaration.Hyperparameters
        : new Hyperparameter[]
            {
                new(FixedLaw, $"new double[] {{ {Row(law)} }}"),
                new("LawLearningRate", "0"),
                new("SkipNonFinite", "false"),
            }
            .Where(own => declaration.Hyperparameters.All(hyperparameter => hyperparameter.Name != own.Name))
            .Concat(declaration.Hyperparameters);

    private static MemoryPlan PlanMemory(LinearMemory memory, PropagatorSpec spec, EquatableArray<double>? law) => new(
        spec.ToString(),
        Literals.String(spec.ToString()),
        spec.Propagators.SelectMany(Descriptions).Zip(spec.UnitNames, (description, name) => new UnitPlan(name, description)).ToEquatableArray(),
        Rows(memory.B),
        Row(memory.a),
        Rows(memory.S),
        law is { } coefficients ? MemoryReport.Print(memory, coefficients, spec.ToString()) : memory.ToString());

    private static IEnumerable<string> Descriptions(Propagator block) => block.UnitCount == 1
        ? [SpecPrinter.PrintCore(block)]
        : Enumerable.Range(1, block.UnitCount).Select(unit => $"unit {unit} of {SpecPrinter.PrintCore(block)}");

    private static EquatableArray<string> Rows(SquareMatrix matrix) =>
        Enumerable.Range(0, matrix.Size)
            .Select(row => Row(Enumerable.Range(0, matrix.Size).Select(column => matrix[row, column])))
            .ToEquatableArray();

    private static string Row(IEnumerable<double> entries) => string.Join(", ", entries.Select(Literals.Double));
}
