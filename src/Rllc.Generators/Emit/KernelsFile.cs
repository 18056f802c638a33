namespace Rllc.Generators;

/// <summary>
/// Prints the kernels for devices: each chunk four elements at a time (quads) and then one by one, both with the same
/// straight-line loop body, all loads before the first store.
/// </summary>
internal static class KernelsFile
{
    public const string Class = "public static class DeviceKernels";

    private const string Parameters = "<TElement>(global::Rllc.Kernels.StepViews step)\n    where TElement : struct, global::Rllc.Kernels.IDeviceElement";

    public const string Project = $"public static void Project{Parameters}";
    public const string Advance = $"public static void Advance{Parameters}";
    public const string ProjectAndAdvance = $"public static void ProjectAndAdvance{Parameters}";

    private const string Quad = "4";
    private const string Element = "";

    public static string Print(OptimizerPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>The kernels of a step on a device. It calls them; nobody else does.</summary>");
            PrintHidden(writer);
            writer.Line($"[global::Rllc.Kernels.StepKernels({Literals.String(plan.Type.MetadataName)}, Spec)]");
            using (writer.Open($"{Class}"))
            {
                PrintProject(writer, plan.Kernel);
                writer.Line();
                PrintAdvance(writer, plan.Kernel);
                writer.Line();
                PrintProjectAndAdvance(writer, plan.Kernel);
            }
        }
    });

    /// <summary>Prints the attribute that keeps editors from offering the class.</summary>
    public static void PrintHidden(SourceWriter writer) =>
        writer.Line($"[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");

    private static void PrintProject(SourceWriter writer, KernelPlan kernel)
    {
        PrintDocumentation(writer, "Sums over the old memory: c = Mᵀg, γ = g·g and, when it is due, G = MᵀM.");
        using (writer.Open($"{Project}"))
        {
            PrintThreads(writer);
            PrintTotals(writer, kernel);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintGram(writer, kernel);
                PrintAccumulators(writer, kernel);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i);");
                    foreach (var update in kernel.Updates)
                        PrintLoad(writer, update.Unit, width);
                    writer.Line();
                    PrintProjection(writer, kernel);
                });
                writer.Line();
                PrintAddition(writer, kernel);
            }

            writer.Line();
            PrintGroupSums(writer, kernel);
        }
    }

    private static void PrintAdvance(SourceWriter writer, KernelPlan kernel)
    {
        PrintDocumentation(writer, "Writes M and θ, if the step is applied.");
        using (writer.Open($"{Advance}"))
        {
            writer.Line($"if (!step.IsApplied)");
            writer.Line($"    return;");
            writer.Line();
            PrintThreads(writer);
            PrintCoefficients(writer, kernel);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i) * scale;");
                    foreach (var unit in kernel.OldUnits)
                        PrintLoad(writer, unit, width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintStep(writer, kernel, width);
                });
            }
        }
    }

    private static void PrintProjectAndAdvance(SourceWriter writer, KernelPlan kernel)
    {
        PrintDocumentation(writer, "Both in one pass: sums over the old memory while it writes M and θ.");
        using (writer.Open($"{ProjectAndAdvance}"))
        {
            PrintThreads(writer);
            PrintCoefficients(writer, kernel);
            PrintTotals(writer, kernel);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintGram(writer, kernel);
                PrintAccumulators(writer, kernel);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i);");
                    foreach (var update in kernel.Updates)
                        PrintLoad(writer, update.Unit, width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintProjection(writer, kernel);
                    writer.Line();
                    writer.Line($"gradient *= scale;");
                    writer.Line();
                    PrintStep(writer, kernel, width);
                });
                writer.Line();
                PrintAddition(writer, kernel);
            }

            writer.Line();
            PrintGroupSums(writer, kernel);
        }
    }

    private static void PrintDocumentation(SourceWriter writer, string summary)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"/// <typeparam name=\"TElement\">How a number of M is kept.</typeparam>");
        writer.Line($"/// <param name=\"step\">The step.</param>");
    }

    private static void PrintThreads(SourceWriter writer)
    {
        writer.Line($"var thread = global::ILGPU.Group.IdxX;");
        writer.Line($"var threads = global::ILGPU.Group.DimX;");
    }

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"const float {coefficient.Name} = {coefficient.Literal};");
        writer.Line($"var scale = step.GradientScale;");
        writer.Line($"var decay = step.Decay;");
        writer.Line($"// l = −c₁L");
        foreach (var update in kernel.Updates)
            writer.Line($"var l{update.Unit} = step.LawOf({update.Unit});");
    }

    private static void PrintTotals(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// c and γ of all chunks");
        for (var sum = 0; sum < SumCount(kernel); sum++)
            writer.Line($"var sum{sum} = 0.0;");
    }

    private static SourceWriter.Block OpenChunks(SourceWriter writer)
    {
        var block = writer.Open($"for (var index = step.FirstChunk; index < step.EndChunk; index++)");
        writer.Line($"var chunk = step.Chunk(index);");
        return block;
    }

    private static void PrintGram(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"if (step.GramIsDue)");
        writer.Line($"    global::Rllc.Kernels.DeviceGram.Add<TElement>({kernel.Updates.Count}, chunk, index == step.FirstChunk, step);");
        writer.Line();
    }

    private static void PrintAccumulators(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"var c{update.Unit} = 0f;");
        writer.Line($"var γ = 0f;");
    }

    private static void PrintLoops(SourceWriter writer, Action<string> body)
    {
        using (writer.Open($"for (var i = thread; i < chunk.Quads; i += threads)"))
            body(Quad);
        writer.Line();
        using (writer.Open($"for (var i = 4 * chunk.Quads + thread; i < chunk.Count; i += threads)"))
            body(Element);
    }

    private static void PrintLoad(SourceWriter writer, int unit, string width) =>
        writer.Line($"var {KernelPlanner.Old(unit)} = chunk.LoadUnit{width}<TElement>({unit}, i);");

    private static void PrintProjection(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        foreach (var update in kernel.Updates)
            writer.Line($"c{update.Unit} += global::Rllc.Kernels.Float4.Dot({KernelPlanner.Old(update.Unit)}, gradient);");
        writer.Line($"γ += global::Rllc.Kernels.Float4.Dot(gradient, gradient);");
    }

    private static void PrintStep(SourceWriter writer, KernelPlan kernel, string width)
    {
        writer.Line($"// M ← MB + gaᵀ");
        foreach (var update in kernel.Updates)
            writer.Line($"var new{update.Unit} = {Sum(update.Terms)};");
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var update in kernel.Updates)
            writer.Line($"parameter += new{update.Unit} * l{update.Unit};");
        writer.Line();
        foreach (var update in kernel.Updates)
            writer.Line($"chunk.StoreUnit{width}<TElement>({update.Unit}, i, new{update.Unit});");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
    }

    private static void PrintAddition(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"sum{update.Unit} += c{update.Unit};");
        writer.Line($"sum{kernel.Updates.Count} += γ;");
    }

    private static void PrintGroupSums(SourceWriter writer, KernelPlan kernel)
    {
        var count = SumCount(kernel);
        writer.Line($"var room = global::ILGPU.SharedMemory.Allocate<double>({count} * global::Rllc.Kernels.GroupSums.Warps);");
        for (var sum = 0; sum < count; sum++)
            writer.Line($"global::Rllc.Kernels.GroupSums.AddWarps({sum}, sum{sum}, room);");
        writer.Line($"global::Rllc.Kernels.GroupSums.Write({count}, room, step);");
    }

    // c and γ.
    private static int SumCount(KernelPlan kernel) => kernel.Updates.Count + 1;

    private static string Sum(EquatableArray<Term> terms) =>
        SumText.Print(terms, (sum, term) => $"{sum} + {term.Source} * {term.Coefficient}");
}
