namespace Rllc.Generators;

/// <summary>Prints the kernels for the CPU: straight-line loop bodies over vectors, all loads before the first store.</summary>
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
        PrintProject(writer, kernel);
        writer.Line();
        PrintAdvance(writer, kernel);
        writer.Line();
        PrintProjectAndAdvance(writer, kernel);
    }

    private static void PrintProject(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{Project}"))
        {
            PrintAccumulators(writer, kernel);
            writer.Line();
            using (OpenLoop(writer, kernel))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i);");
                foreach (var update in kernel.Updates)
                    PrintLoad(writer, update.Unit);
                writer.Line();
                PrintProjection(writer, kernel);
            }

            writer.Line();
            PrintSums(writer, kernel);
        }
    }

    private static void PrintAdvance(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{Advance}"))
        {
            PrintCoefficients(writer, kernel);
            writer.Line();
            using (OpenLoop(writer, kernel))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i) * scale;");
                foreach (var unit in kernel.OldUnits)
                    PrintLoad(writer, unit);
                writer.Line($"var parameter = TLanes.Load(ref θ, i) * decay;");
                writer.Line();
                PrintStep(writer, kernel);
            }
        }
    }

    private static void PrintProjectAndAdvance(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{ProjectAndAdvance}"))
        {
            PrintCoefficients(writer, kernel);
            PrintAccumulators(writer, kernel);
            writer.Line();
            using (OpenLoop(writer, kernel))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i);");
                foreach (var update in kernel.Updates)
                    PrintLoad(writer, update.Unit);
                writer.Line($"var parameter = TLanes.Load(ref θ, i) * decay;");
                writer.Line();
                PrintProjection(writer, kernel);
                writer.Line();
                writer.Line($"gradient *= scale;");
                writer.Line();
                PrintStep(writer, kernel);
            }

            writer.Line();
            PrintSums(writer, kernel);
        }
    }

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"var {coefficient.Name} = TLanes.Create({coefficient.Literal});");
        writer.Line($"var scale = TLanes.Create(step.GradientScale);");
        writer.Line($"var decay = TLanes.Create(step.Decay);");
        writer.Line($"// l = −c₁L");
        foreach (var update in kernel.Updates)
            writer.Line($"var l{update.Unit} = TLanes.Create(step.Law[{update.Unit}]);");
        writer.Line($"var dither = step.Dither;");
    }

    private static void PrintAccumulators(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"var c{update.Unit} = TLanes.Zero;");
        writer.Line($"var γ = TLanes.Zero;");
    }

    // m is where element i of unit 0 is: between the tiles before it, i rounded down, lie those of the other units.
    private static SourceWriter.Block OpenLoop(SourceWriter writer, KernelPlan kernel)
    {
        var block = writer.Open($"for (nint i = 0; i < count; i += TLanes.Count)");
        PrintPlace(writer, kernel.Updates.Count, "unit");
        return block;
    }

    /// <summary>Prints where element i is in memory.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="count">How many numbers are kept for each parameter.</param>
    /// <param name="what">What they are.</param>
    public static void PrintPlace(SourceWriter writer, int count, string what)
    {
        writer.Line($"// M: {Tile} elements of each {what} in turn");
        writer.Line($"var m = i{FormattableString.Invariant(Others(count - 1))};");
    }

    private static FormattableString Others(int count) => count switch
    {
        0 => $"",
        1 => $" + (i & -{Tile})",
        _ => $" + {count} * (i & -{Tile})",
    };

    private static void PrintLoad(SourceWriter writer, int unit) =>
        writer.Line($"var {KernelPlanner.Old(unit)} = TElement.Load<TLanes>(ref M, {Place(unit)});");

    /// <summary>Where a unit is.</summary>
    public static string Place(int unit) => unit == 0 ? "m" : FormattableString.Invariant($"m + {Tile * unit}");

    private static void PrintProjection(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        foreach (var update in kernel.Updates)
            writer.Line($"c{update.Unit} = TLanes.FusedMultiplyAdd({KernelPlanner.Old(update.Unit)}, gradient, c{update.Unit});");
        writer.Line($"γ = TLanes.FusedMultiplyAdd(gradient, gradient, γ);");
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
            writer.Line($"TElement.Store(new{update.Unit}, ref M, {Place(update.Unit)}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
    }

    private static void PrintSums(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"sums[{update.Unit}] += c{update.Unit}.Sum();");
        writer.Line($"sums[{kernel.Updates.Count}] += γ.Sum();");
    }

    private static string Sum(EquatableArray<Term> terms) =>
        SumText.Print(terms, (sum, term) => $"TLanes.FusedMultiplyAdd({term.Source}, {term.Coefficient}, {sum})");
}
