namespace Rllc.Generators;

/// <summary>
/// What the kernels for devices of every memory with a law have in common: each chunk four elements at a time (quads) and then one by one,
/// both with the same straight-line loop body, all loads before the first store.
/// </summary>
internal static class DevicePass
{
    public const string Class = "public static class DeviceKernels";

    private const string Parameters = "<TElement>(global::Rllc.Kernels.StepViews step)\n    where TElement : struct, global::Rllc.Kernels.IDeviceElement";

    public const string Project = $"public static void Project{Parameters}";
    public const string Advance = $"public static void Advance{Parameters}";
    public const string ProjectAndAdvance = $"public static void ProjectAndAdvance{Parameters}";

    private const string Quad = "4";
    private const string Element = "";

    /// <summary>Prints the attribute that keeps editors from offering the class.</summary>
    public static void PrintHidden(SourceWriter writer) =>
        writer.Line($"[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");

    /// <summary>Prints the kernel that sums over the old memory.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="units">k.</param>
    /// <param name="old">The units' old entries; none where c is not asked for, but γ alone.</param>
    /// <param name="printLoads">Prints how a quad or an element of these is loaded.</param>
    public static void PrintProject(SourceWriter writer, int units, IReadOnlyList<string> old, Action<string> printLoads)
    {
        using (Open(writer, "Sums over the old memory: c = Mᵀg, γ = g·g and, when it is due, G = MᵀM.", Project))
        {
            PrintThreads(writer);
            PrintTotals(writer, units);
            writer.Line();
            using (OpenChunks(writer))
            {
                if (old.Count > 0)
                    PrintGram(writer, units);
                PrintAccumulators(writer, old.Count);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i);");
                    printLoads(width);
                    writer.Line();
                    PrintProjection(writer, old);
                });
                writer.Line();
                PrintAddition(writer, old.Count, units);
            }

            writer.Line();
            PrintGroupSums(writer, units);
        }
    }

    /// <summary>Prints the kernel that writes M and θ.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="units">k.</param>
    /// <param name="type">The type of a quad or an element of the gradient.</param>
    /// <param name="printCoefficients">Prints what a thread begins with.</param>
    /// <param name="printLoads">Prints how a quad or an element of what is read of M is loaded.</param>
    /// <param name="printStep">Prints what it becomes, and how it is stored.</param>
    public static void PrintAdvance(
        SourceWriter writer, int units, Func<string, string> type, Action printCoefficients, Action<string> printLoads, Action<string> printStep)
    {
        using (Open(writer, "Writes M and θ, if the step is applied.", Advance))
        {
            writer.Line($"if (!step.IsApplied)");
            writer.Line($"    return;");
            writer.Line();
            PrintThreads(writer);
            printCoefficients();
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintRates(writer, units);
                PrintLoops(writer, width =>
                {
                    writer.Line($"{type(width)} gradient = chunk.LoadGradient{width}(i) * scale;");
                    printLoads(width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    printStep(width);
                });
            }
        }
    }

    /// <summary>Prints the kernel that does both.</summary>
    /// <inheritdoc cref="PrintAdvance"/>
    /// <param name="writer">Where to.</param>
    /// <param name="type">The type of a quad or an element of the gradient.</param>
    /// <param name="old">The units' old entries.</param>
    /// <param name="printCoefficients">Prints what a thread begins with.</param>
    /// <param name="printLoads">Prints how a quad or an element of M is loaded.</param>
    /// <param name="printStep">Prints what it becomes, and how it is stored.</param>
    public static void PrintProjectAndAdvance(
        SourceWriter writer, Func<string, string> type, IReadOnlyList<string> old, Action printCoefficients, Action<string> printLoads, Action<string> printStep)
    {
        using (OpenProjectAndAdvance(writer))
        {
            PrintThreads(writer);
            printCoefficients();
            PrintTotals(writer, old.Count);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintRates(writer, old.Count);
                PrintGram(writer, old.Count);
                PrintAccumulators(writer, old.Count);
                PrintLoops(writer, width =>
                {
                    writer.Line($"{type(width)} gradient = chunk.LoadGradient{width}(i);");
                    printLoads(width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintProjection(writer, old);
                    writer.Line();
                    writer.Line($"gradient *= scale;");
                    writer.Line();
                    printStep(width);
                });
                writer.Line();
                PrintAddition(writer, old.Count, old.Count);
            }

            writer.Line();
            PrintGroupSums(writer, old.Count);
        }
    }

    /// <summary>Opens the kernel that does both.</summary>
    public static SourceWriter.Block OpenProjectAndAdvance(SourceWriter writer) =>
        Open(writer, "Both in one pass: sums over the old memory while it writes M and θ.", ProjectAndAdvance);

    /// <summary>Opens the class of an optimizer's kernels.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="mark">The attribute that says whose they are.</param>
    public static SourceWriter.Block OpenClass(SourceWriter writer, string mark)
    {
        writer.Line($"/// <summary>The kernels of a step on a device. It calls them; nobody else does.</summary>");
        PrintHidden(writer);
        writer.Line($"[{mark}]");
        return writer.Open($"{Class}");
    }

    private static void PrintThreads(SourceWriter writer)
    {
        writer.Line($"var thread = global::ILGPU.Group.IdxX;");
        writer.Line($"var threads = global::ILGPU.Group.DimX;");
    }

    // The factors of a chunk's tensor.
    private static void PrintRates(SourceWriter writer, int units)
    {
        writer.Line($"var decay = chunk.Decay;");
        writer.Line($"// l = −c₁L");
        for (var unit = 0; unit < units; unit++)
            writer.Line($"var l{unit} = step.LawOf({unit}) * chunk.Rate;");
        writer.Line();
    }

    private static void PrintTotals(SourceWriter writer, int units)
    {
        writer.Line($"// c and γ of all chunks");
        for (var sum = 0; sum <= units; sum++)
            writer.Line($"var sum{sum} = 0.0;");
    }

    private static SourceWriter.Block OpenChunks(SourceWriter writer)
    {
        var block = writer.Open($"for (var index = step.FirstChunk; index < step.EndChunk; index++)");
        writer.Line($"var chunk = step.Chunk(index);");
        return block;
    }

    private static void PrintGram(SourceWriter writer, int units)
    {
        writer.Line($"if (step.GramIsDue)");
        writer.Line($"    global::Rllc.Kernels.DeviceGram.Add<TElement>({units}, chunk, index == step.FirstChunk, step);");
        writer.Line();
    }

    private static void PrintAccumulators(SourceWriter writer, int units)
    {
        for (var unit = 0; unit < units; unit++)
            writer.Line($"var c{unit} = 0f;");
        writer.Line($"var γ = 0f;");
    }

    // What the body is given ends the names of methods for a quad, or for an element.
    private static void PrintLoops(SourceWriter writer, Action<string> body)
    {
        using (writer.Open($"for (var i = thread; i < chunk.Quads; i += threads)"))
            body(Quad);
        writer.Line();
        using (writer.Open($"for (var i = 4 * chunk.Quads + thread; i < chunk.Count; i += threads)"))
            body(Element);
    }

    private static void PrintProjection(SourceWriter writer, IEnumerable<string> units)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        foreach (var (unit, index) in units.Select((unit, index) => (unit, index)))
            writer.Line($"c{index} += global::Rllc.Kernels.Float4.Dot({unit}, gradient);");
        writer.Line($"γ += global::Rllc.Kernels.Float4.Dot(gradient, gradient);");
    }

    private static void PrintAddition(SourceWriter writer, int summed, int units)
    {
        for (var unit = 0; unit < summed; unit++)
            writer.Line($"sum{unit} += c{unit};");
        writer.Line($"sum{units} += γ;");
    }

    private static void PrintGroupSums(SourceWriter writer, int units)
    {
        writer.Line($"var room = global::ILGPU.SharedMemory.Allocate<double>({units + 1} * global::Rllc.Kernels.GroupSums.Warps);");
        for (var sum = 0; sum <= units; sum++)
            writer.Line($"global::Rllc.Kernels.GroupSums.AddWarps({sum}, sum{sum}, room);");
        writer.Line($"global::Rllc.Kernels.GroupSums.Write({units + 1}, room, step);");
    }

    private static SourceWriter.Block Open(SourceWriter writer, string summary, string kernel)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"/// <typeparam name=\"TElement\">How a number of M is kept.</typeparam>");
        writer.Line($"/// <param name=\"step\">The step.</param>");
        return writer.Open($"{kernel}");
    }
}
