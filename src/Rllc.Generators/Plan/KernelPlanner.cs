using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>Decides the arithmetic of a step: which entries of B vanish, which are added, which are multiplied, in which order.</summary>
internal sealed class KernelPlanner
{
    private const string Gradient = "gradient";

    private readonly LinearMemory memory;
    private readonly CoefficientTexts texts;
    private readonly Dictionary<float, Coefficient> coefficients = [];

    private KernelPlanner(LinearMemory memory, PropagatorSpec spec)
    {
        this.memory = memory;
        texts = new(spec);
    }

    /// <summary>The plan of a memory.</summary>
    public static KernelPlan Plan(LinearMemory memory, PropagatorSpec spec) => new KernelPlanner(memory, spec).Plan();

    /// <summary>The identifier of a unit's value before the step.</summary>
    public static string Old(int unit) => $"old{unit}";

    private KernelPlan Plan()
    {
        var units = Enumerable.Range(0, memory.UnitCount).ToList();
        var updates = units.Select(Update).ToEquatableArray();
        var old = units.Where(unit => units.Any(column => Entry(unit, column) != 0)).ToEquatableArray();
        return new(coefficients.Values.ToEquatableArray(), old, updates);
    }

    // Column j of M ← MB + gaᵀ. What needs no multiplication comes first, so that every product is fused with a sum.
    private UnitUpdate Update(int column)
    {
        var terms = Enumerable.Range(0, memory.UnitCount)
            .Where(unit => Entry(unit, column) != 0)
            .Select(unit => Term(unit, column));
        var input = memory.a[column] == 0 ? [] : new[] { new Term(TermOperation.Add, Gradient, "") };
        return new(column, input.Concat(terms).OrderBy(term => term.Operation).ToEquatableArray());
    }

    private Term Term(int unit, int column) => Entry(unit, column) switch
    {
        1 => new(TermOperation.Add, Old(unit), ""),
        -1 => new(TermOperation.Subtract, Old(unit), ""),
        var value => new(TermOperation.MultiplyAdd, Old(unit), Coefficient(value, unit, column).Name),
    };

    // What the kernels compute with.
    private float Entry(int row, int column) => (float)memory.B[row, column];

    private Coefficient Coefficient(float value, int row, int column)
    {
        if (!coefficients.TryGetValue(value, out var coefficient))
        {
            var entry = memory.B[row, column];
            coefficients[value] = coefficient = new(Identifier(entry), texts.Of(row, entry) + "f");
        }

        return coefficient;
    }

    // b_0_9, b_neg_0_2, b_1e_neg_5
    private static string Identifier(double entry) =>
        "b_" + SpecPrinter.Print(entry).Replace("e-", "e_neg_").Replace("-", "neg_").Replace('.', '_');
}
