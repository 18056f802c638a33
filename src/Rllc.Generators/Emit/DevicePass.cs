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

    /// <summary>Opens a kernel that sums over the old memory.</summary>
    public static SourceWriter.Block OpenProject(SourceWriter writer) =>
        Open(writer, "Sums over the old memory: c = Mᵀg, γ = g·g and, when it is due, G = MᵀM.", Project);

    /// <summary>Opens one that writes, and prints that it does so only where the step is applied.</summary>
    public static SourceWriter.Block OpenAdvance(SourceWriter writer)
    {
        var block = Open(writer, "Writes M and θ, if the step is applied.", Advance);
        writer.Line($"if (!step.IsApplied)");
        writer.Line($"    return;");
        writer.Line();
        return block;
    }

    /// <summary>Opens one that does both.</summary>
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

    public static void PrintThreads(SourceWriter writer)
    {
        writer.Line($"var thread = global::ILGPU.Group.IdxX;");
        writer.Line($"var threads = global::ILGPU.Group.DimX;");
    }

    /// <summary>Prints the factors of a chunk's tensor.</summary>
    public static void PrintRates(SourceWriter writer, int units)
    {
        writer.Line($"var decay = chunk.Decay;");
        writer.Line($"// l = −c₁L");
        for (var unit = 0; unit < units; unit++)
            writer.Line($"var l{unit} = step.LawOf({unit}) * chunk.Rate;");
        writer.Line();
    }

    public static void PrintTotals(SourceWriter writer, int units)
    {
        writer.Line($"// c and γ of all chunks");
        for (var sum = 0; sum <= units; sum++)
            writer.Line($"var sum{sum} = 0.0;");
    }

    public static SourceWriter.Block OpenChunks(SourceWriter writer)
    {
        var block = writer.Open($"for (var index = step.FirstChunk; index < step.EndChunk; index++)");
        writer.Line($"var chunk = step.Chunk(index);");
        return block;
    }

    public static void PrintGram(SourceWriter writer, int units)
    {
        writer.Line($"if (step.GramIsDue)");
        writer.Line($"    global::Rllc.Kernels.DeviceGram.Add<TElement>({units}, chunk, index == step.FirstChunk, step);");
        writer.Line();
    }

    public static void PrintAccumulators(SourceWriter writer, int units)
    {
        for (var unit = 0; unit < units; unit++)
            writer.Line($"var c{unit} = 0f;");
        writer.Line($"var γ = 0f;");
    }

    /// <summary>Prints both loops over a chunk.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="body">Prints what is done to a quad, or to an element; what it is given ends the names of methods for it.</param>
    public static void PrintLoops(SourceWriter writer, Action<string> body)
    {
        using (writer.Open($"for (var i = thread; i < chunk.Quads; i += threads)"))
            body(Quad);
        writer.Line();
        using (writer.Open($"for (var i = 4 * chunk.Quads + thread; i < chunk.Count; i += threads)"))
            body(Element);
    }

    public static void PrintLoad(SourceWriter writer, string name, int place, string width) =>
        writer.Line($"var {name} = chunk.LoadUnit{width}<TElement>({place}, i);");

    /// <summary>Prints what a pass adds to the sums of a chunk.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="units">The units' old entries.</param>
    public static void PrintProjection(SourceWriter writer, IEnumerable<string> units)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        foreach (var (unit, index) in units.Select((unit, index) => (unit, index)))
            writer.Line($"c{index} += global::Rllc.Kernels.Float4.Dot({unit}, gradient);");
        writer.Line($"γ += global::Rllc.Kernels.Float4.Dot(gradient, gradient);");
    }

    public static void PrintAddition(SourceWriter writer, int units)
    {
        for (var unit = 0; unit < units; unit++)
            writer.Line($"sum{unit} += c{unit};");
        writer.Line($"sum{units} += γ;");
    }

    /// <summary>Prints how the sums go to the law's kernels.</summary>
    public static void PrintGroupSums(SourceWriter writer, int units)
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
