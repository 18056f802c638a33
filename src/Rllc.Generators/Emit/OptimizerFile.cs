namespace Rllc.Generators;

/// <summary>Prints what a user touches: constructor, options with the declared defaults, the typed law.</summary>
internal static class OptimizerFile
{
    public static string Print(OptimizerPlan plan) => Print(plan, plan.Memory.Units);

    public static string Print(RulePlan plan) => Print(plan, plan.Units);

    private static string Print(ClassPlan plan, EquatableArray<UnitPlan> units) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name} : global::Rllc.Optimizer"))
        {
            PrintMemory(writer, plan);
            writer.Line();
            PrintConstructors(writer, plan.Type.Name);
            writer.Line();
            writer.Line($"/// <summary>L, the learning law by the names of the units: a view of the law as it is when it is read.</summary>");
            writer.Line($"public LearningLaw Law => new LearningLaw(this);");
            writer.Line();
            PrintOptions(writer, plan);
            writer.Line();
            PrintLaw(writer, plan.Type.Name, units);
        }
    });

    /// <summary>Prints the memory that constructors hand to the host.</summary>
    public static void PrintMemory(SourceWriter writer, ClassPlan plan)
    {
        if (plan is RulePlan rule)
        {
            writer.Line($"private static readonly global::Rllc.ElementwiseMemory DeclaredMemory = global::Rllc.ElementwiseMemory.FromNames(");
            writer.Line($"    {Names(rule.Units.Select(unit => unit.Name))}, {Names(rule.State)}, {Literals.String(rule.Methods.Digest)});");
        }
        else
        {
            writer.Line($"private static readonly global::Rllc.LinearMemory DeclaredMemory = global::Rllc.LinearMemory.FromConstants(Spec, B, a, S);");
        }
    }

    /// <summary>Names as an array.</summary>
    public static string Names(IEnumerable<string> names) => $"new string[] {{ {string.Join(", ", names.Select(Literals.String))} }}";

    /// <summary>Prints the constructors, which take their memory from DeclaredMemory.</summary>
    public static void PrintConstructors(SourceWriter writer, string name)
    {
        PrintConstructor(writer, name, "n, the number of parameters.", "long length");
        writer.Line();
        PrintConstructor(writer, name, "The numbers of parameters of several tensors, which share one law.", "global::System.ReadOnlySpan<long> lengths");
    }

    /// <summary>Prints the options, a type of its own so that it can have the declared defaults.</summary>
    public static void PrintOptions(SourceWriter writer, ClassPlan plan) => PrintOptions(writer, plan.Hyperparameters, BaseOf(plan.Host));

    /// <summary>Prints the options.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="hyperparameters">The defaults that are not those of the base.</param>
    /// <param name="base">The options that the host takes.</param>
    public static void PrintOptions(SourceWriter writer, EquatableArray<Hyperparameter> hyperparameters, string @base)
    {
        if (hyperparameters.Count == 0)
        {
            writer.Line($"/// <summary>Hyperparameters.</summary>");
            writer.Line($"public sealed record Options : {@base};");
            return;
        }

        writer.Line($"/// <summary>Hyperparameters, with the declared defaults.</summary>");
        using (writer.Open($"public sealed record Options : {@base}"))
        {
            writer.Line($"/// <summary>The declared defaults.</summary>");
            using (writer.Open($"public Options()"))
            {
                foreach (var hyperparameter in hyperparameters)
                    writer.Line($"{hyperparameter.Name} = {hyperparameter.Value};");
            }
        }
    }

    /// <summary>Prints the members of a law that users see.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="units">The units of memory.</param>
    /// <param name="coefficients">An expression for the span of coefficients.</param>
    public static void PrintCoefficients(SourceWriter writer, EquatableArray<UnitPlan> units, string coefficients)
    {
        for (var unit = 0; unit < units.Count; unit++)
        {
            writer.Line();
            writer.Line($"/// <summary>The coefficient of {units[unit].Description}.</summary>");
            writer.Line($"public double {units[unit].Name} => {coefficients}[{unit}];");
        }

        writer.Line();
        writer.Line($"/// <summary>Names and values, in the invariant culture.</summary>");
        writer.Line($"public override string ToString() =>");
        writer.Line($"    global::System.FormattableString.Invariant($\"{string.Join(", ", units.Select(unit => $"{unit.Name} = {{{unit.Name}:G6}}"))}\");");
    }

    private static string BaseOf(Host host) => host == Host.Torch ? "global::Rllc.TorchOptimizerOptions" : "global::Rllc.OptimizerOptions";

    private static void PrintConstructor(SourceWriter writer, string name, string meaning, string parameter)
    {
        var argument = parameter.Substring(parameter.IndexOf(' ') + 1);
        writer.Line($"/// <summary>An optimizer with an empty memory.</summary>");
        writer.Line($"/// <param name=\"{argument}\">{meaning}</param>");
        writer.Line($"/// <param name=\"options\">Hyperparameters; null for the defaults.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A length or an option is out of range, or options contradict each other.</exception>");
        writer.Line($"public {name}({parameter}, Options? options = null)");
        writer.Line($"    : base(DeclaredMemory, {argument}, options ?? new Options())");
        writer.Line($"{{");
        writer.Line($"}}");
    }

    private static void PrintLaw(SourceWriter writer, string optimizer, EquatableArray<UnitPlan> units)
    {
        writer.Line($"/// <summary>The learning law: one coefficient per unit of memory.</summary>");
        using (writer.Open($"public readonly struct LearningLaw"))
        {
            // The properties are named by users, who cannot use a keyword.
            writer.Line($"private readonly {optimizer} @this;");
            writer.Line();
            writer.Line($"internal LearningLaw({optimizer} optimizer) => @this = optimizer;");
            PrintCoefficients(writer, units, "@this.LawCoefficients");
        }
    }
}
