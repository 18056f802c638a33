namespace Rllc.Generators;

/// <summary>Prints what a user of TorchSharp touches: constructors, options with the declared defaults, the typed law.</summary>
internal static class TorchFile
{
    /// <summary>What the class overrides to hand its kernels to the host.</summary>
    public const string CreateOnCpu = "protected override global::Rllc.Optimizer CreateOnCpu(global::System.ReadOnlySpan<long> lengths, global::Rllc.OptimizerOptions options)";

    private const string Parameter = "global::TorchSharp.Modules.Parameter";

    public static string Print(OptimizerPlan plan) => Print(plan, plan.Memory.Units);

    public static string Print(RulePlan plan) => Print(plan, plan.Units);

    private static string Print(ClassPlan plan, EquatableArray<UnitPlan> units) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name} : global::Rllc.TorchOptimizer"))
        {
            OptimizerFile.PrintMemory(writer, plan);
            writer.Line();
            PrintConstructors(writer, plan.Type.Name, "DeclaredMemory");
            writer.Line();
            writer.Line($"/// <summary>L, the learning law by the names of the units: a view of the law as it is when it is read. With several laws, the first.</summary>");
            writer.Line($"public LearningLaw Law => new LearningLaw(this, 0);");
            writer.Line();
            writer.Line($"/// <summary>One of several laws.</summary>");
            writer.Line($"/// <param name=\"law\">The number of its group or parameter.</param>");
            writer.Line($"public LearningLaw LawOf(int law) => new LearningLaw(this, law);");
            writer.Line();
            OptimizerFile.PrintOptions(writer, plan);
            writer.Line();
            PrintLaw(writer, plan.Type.Name, units);
            writer.Line();
            writer.Line($"/// <inheritdoc/>");
            writer.Line($"{CreateOnCpu} => new CpuKernels(lengths, options);");
        }
    });

    /// <summary>Prints the constructors.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The class.</param>
    /// <param name="declared">The member that the base steps by.</param>
    public static void PrintConstructors(SourceWriter writer, string name, string declared)
    {
        PrintConstructor(writer, name, declared, "The parameters, as module.parameters() gives them.", Parameter, "parameters");
        writer.Line();
        PrintConstructor(writer, name, declared, "The parameters, as module.named_parameters() gives them.", $"(string name, {Parameter} parameter)", "parameters");
        writer.Line();
        PrintConstructor(writer, name, declared, "Groups of parameters with rates of their own.", "global::TorchSharp.Modules.ParamGroup", "parameterGroups");
    }

    private static void PrintConstructor(SourceWriter writer, string name, string declared, string meaning, string element, string argument)
    {
        writer.Line($"/// <summary>An optimizer with an empty memory.</summary>");
        writer.Line($"/// <param name=\"{argument}\">{meaning}</param>");
        writer.Line($"/// <param name=\"options\">Hyperparameters; null for the defaults.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A parameter does not fit, an option is out of range, or options contradict each other.</exception>");
        writer.Line($"/// <exception cref=\"global::System.NotSupportedException\">The parameters are on a device that is neither the CPU nor one of CUDA, or its kernels do not support the memory or an option.</exception>");
        writer.Line($"public {name}(global::System.Collections.Generic.IEnumerable<{element}> {argument}, Options? options = null)");
        writer.Line($"    : base({declared}, {argument}, options ?? new Options())");
        writer.Line($"{{");
        writer.Line($"}}");
    }

    private static void PrintLaw(SourceWriter writer, string optimizer, EquatableArray<UnitPlan> units)
    {
        writer.Line($"/// <summary>The learning law: one coefficient per unit of memory.</summary>");
        using (writer.Open($"public readonly struct LearningLaw"))
        {
            // The properties are named by users, who cannot use keywords.
            writer.Line($"private readonly {optimizer} @this;");
            writer.Line($"private readonly int @in;");
            writer.Line();
            writer.Line($"internal LearningLaw({optimizer} optimizer, int law) => (@this, @in) = (optimizer, law);");
            OptimizerFile.PrintCoefficients(writer, units, "@this.LawCoefficients(@in)");
        }
    }
}
