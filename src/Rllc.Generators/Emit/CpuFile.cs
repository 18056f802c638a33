namespace Rllc.Generators;

/// <summary>Prints the kernels of a linear memory for the CPU, and the class around any memory's.</summary>
internal static class CpuFile
{
    public const string Project = "protected override void Project<TLanes, TElement>(ref TElement M, ref float g, int count, global::System.Span<double> sums)";
    public const string Advance = "protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.StepCoefficients step)";
    public const string ProjectAndAdvance = "protected override void ProjectAndAdvance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.StepCoefficients step, global::System.Span<double> sums)";

    /// <summary>Tile.Length of the runtime.</summary>
    public const int Tile = 16;

    public static string Print(OptimizerPlan plan) => Print(plan, writer => PrintKernels(writer, plan.Kernel));

    /// <summary>Prints kernels where the host of a class wants them.</summary>
    /// <param name="plan">The class.</param>
    /// <param name="kernels">Writes them.</param>
    public static string Print(ClassPlan plan, Action<SourceWriter> kernels) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            if (plan.Host == Host.Spans)
                kernels(writer);
            else
                PrintClass(writer, kernels);
        }
    });

    // A host that is no Rllc.Optimizer itself has one for what is on the CPU.
    private static void PrintClass(SourceWriter writer, Action<SourceWriter> kernels)
    {
        writer.Line($"/// <summary>The optimizer of flat spans, which steps the parameters where they are.</summary>");
        using (writer.Open($"private sealed class CpuKernels : global::Rllc.Optimizer"))
        {
            writer.Line($"/// <summary>For tensors of the given numbers of elements.</summary>");
            writer.Line($"public CpuKernels(global::System.ReadOnlySpan<long> lengths, global::Rllc.OptimizerOptions options)");
            writer.Line($"    : base(DeclaredMemory, lengths, options)");
            writer.Line($"{{");
            writer.Line($"}}");
            writer.Line();
            kernels(writer);
        }
    }

    private static void PrintKernels(SourceWriter writer, KernelPlan kernel)
    {
        var units = kernel.Updates.Select(update => update.Unit).ToList();
        var old = units.ConvertAll(KernelPlanner.Old);
        CpuPass.PrintProject(writer, old, PrintPlace, () => PrintLoads(writer, units));
        writer.Line();
        CpuPass.PrintAdvance(writer, () => PrintCoefficients(writer, kernel), PrintPlace, () => PrintLoads(writer, kernel.OldUnits), () => PrintStep(writer, kernel));
        writer.Line();
        CpuPass.PrintProjectAndAdvance(writer, old, () => PrintCoefficients(writer, kernel), PrintPlace, () => PrintLoads(writer, units), () => PrintStep(writer, kernel));

        void PrintPlace() => CpuPass.PrintPlace(writer, units.Count, "unit");
    }

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"var {coefficient.Name} = TLanes.Create({coefficient.Literal});");
        CpuPass.PrintFactors(writer, kernel.Updates.Count, hasMemory: true);
    }

    private static void PrintLoads(SourceWriter writer, IEnumerable<int> units)
    {
        foreach (var unit in units)
            writer.Line($"var {KernelPlanner.Old(unit)} = TElement.Load<TLanes>(ref M, {CpuPass.Place(unit)});");
    }

    private static void PrintStep(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// M ← MB + gaᵀ");
        foreach (var update in kernel.Updates)
            writer.Line($"var new{update.Unit} = {Sum(update.Terms)};");
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var update in kernel.Updates)
            writer.Line($"parameter = TLanes.FusedMultiplyAdd(new{update.Unit}, l{update.Unit}, parameter);");
        writer.Line();
        foreach (var update in kernel.Updates)
            writer.Line($"TElement.Store(new{update.Unit}, ref M, {CpuPass.Place(update.Unit)}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
    }

    private static string Sum(EquatableArray<Term> terms) =>
        SumText.Print(terms, (sum, term) => $"TLanes.FusedMultiplyAdd({term.Source}, {term.Coefficient}, {sum})");
}
