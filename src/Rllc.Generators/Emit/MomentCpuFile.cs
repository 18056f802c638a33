namespace Rllc.Generators;

/// <summary>Prints the kernel of an Adam for the CPU: a straight-line loop body over vectors, all loads before the first store but
/// those of the one entry of a buffer that a new one replaces.</summary>
internal static class MomentCpuFile
{
    private const string Advance = "protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.MomentCoefficients step)";

    // Tile.Length of the runtime.
    private const int Tile = 16;

    // Units before the entries of a buffer: m, v and the sum.
    private const int FirstEntry = 3;

    public static string Print(MomentPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            if (plan.Host == Host.Spans)
                PrintKernel(writer, plan);
            else
                PrintClass(writer, plan);
        }
    });

    // A host that is no Rllc.MomentOptimizer itself has one for what is on the CPU.
    private static void PrintClass(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"/// <summary>The optimizer of flat spans, which steps the parameters where they are.</summary>");
        using (writer.Open($"private sealed class CpuKernels : global::Rllc.MomentOptimizer"))
        {
            writer.Line($"/// <summary>For tensors of the given numbers of elements.</summary>");
            writer.Line($"public CpuKernels(global::System.ReadOnlySpan<long> lengths, global::Rllc.MomentOptions options)");
            writer.Line($"    : base(Formula, lengths, options)");
            writer.Line($"{{");
            writer.Line($"}}");
            writer.Line();
            PrintKernel(writer, plan);
        }
    }

    private static void PrintKernel(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{Advance}"))
        {
            PrintCoefficients(writer, plan);
            writer.Line();
            using (writer.Open($"for (nint i = 0; i < count; i += TLanes.Count)"))
                PrintStep(writer, plan);
        }
    }

    private static void PrintCoefficients(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"// 1 − β₁, 1 − β₂");
        writer.Line($"var share1 = TLanes.Create((float)(1 - Beta1));");
        writer.Line($"var share2 = TLanes.Create((float)(1 - Beta2));");
        writer.Line($"var epsilon = TLanes.Create((float)Epsilon);");
        writer.Line($"var scale = TLanes.Create(step.GradientScale);");
        writer.Line($"// {(plan.IsDecoupled ? "−c₁ · weight decay" : "weight decay")}");
        if (plan.IsDecoupled)
            writer.Line($"var decay = TLanes.Create(step.Decay);");
        else
            writer.Line($"var penalty = TLanes.Create(step.Penalty);");
        writer.Line($"// −c₁/(1 − β₁ᵗ), 1/√(1 − β₂ᵗ)");
        writer.Line($"var rate = TLanes.Create(step.Rate);");
        writer.Line($"var root = TLanes.Create(step.Root);");
        if (HasBuffer(plan))
        {
            writer.Line($"// 1 / number of entries");
            writer.Line($"var mean = TLanes.Create(step.Mean);");
            writer.Line($"// Where the new entry's place is, counted from that of m");
            writer.Line($"var entryPlace = {FirstEntry * Tile} + {Tile} * step.Place;");
        }

        writer.Line($"var dither = step.Dither;");
    }

    private static bool HasBuffer(MomentPlan plan) => plan.HasMomenta || plan.HasGradients;

    private static void PrintStep(SourceWriter writer, MomentPlan plan)
    {
        PrintLoads(writer, plan);
        writer.Line();
        if (plan.HasGradients)
        {
            writer.Line($"// h ← g + s/c");
            writer.Line($"var entry = gradient;");
            writer.Line($"gradient = TLanes.FusedMultiplyAdd(sum, mean, gradient);");
        }

        if (plan.IsDecoupled)
            writer.Line($"parameter = TLanes.FusedMultiplyAdd(parameter, decay, parameter);");
        else
            writer.Line($"gradient = TLanes.FusedMultiplyAdd(parameter, penalty, gradient);");
        writer.Line();
        PrintMoments(writer, plan);
        writer.Line();
        writer.Line($"// θ ← θ − c₁/(1 − β₁ᵗ) · {(plan.HasMomenta ? "u" : "m")} / (√v/√(1 − β₂ᵗ) + ε)");
        writer.Line($"var divisor = TLanes.FusedMultiplyAdd(TLanes.Sqrt(v), root, epsilon);");
        writer.Line($"parameter = TLanes.FusedMultiplyAdd({(plan.HasMomenta ? "u" : "m")} / divisor, rate, parameter);");
        writer.Line();
        writer.Line($"TElement.Store(m, ref M, place, dither);");
        writer.Line($"TElement.Store(v, ref M, place + {Tile}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
        if (HasBuffer(plan))
            PrintEntry(writer, plan.HasMomenta ? "m" : "entry");
    }

    // place is where element i of m is: between the tiles before it, i rounded down, lie those of the other units.
    private static void PrintLoads(SourceWriter writer, MomentPlan plan)
    {
        if (HasBuffer(plan))
        {
            writer.Line($"// M: {Tile} elements of m, v, the sum of the entries and each entry in turn");
            writer.Line($"var place = i + {FirstEntry - 1 + plan.Critical!.Capacity} * (i & -{Tile});");
        }
        else
        {
            writer.Line($"// M: {Tile} elements of m and v in turn");
            writer.Line($"var place = i + (i & -{Tile});");
        }

        writer.Line($"var gradient = TLanes.Load(ref g, i) * scale;");
        writer.Line($"var m = TElement.Load<TLanes>(ref M, place);");
        writer.Line($"var v = TElement.Load<TLanes>(ref M, place + {Tile});");
        if (HasBuffer(plan))
            writer.Line($"var sum = TElement.Load<TLanes>(ref M, place + {2 * Tile});");
        writer.Line($"var parameter = TLanes.Load(ref θ, i);");
    }

    private static void PrintMoments(SourceWriter writer, MomentPlan plan)
    {
        if (plan.HasMomenta)
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); of g² while the buffer is empty");
            writer.Line($"m = TLanes.FusedMultiplyAdd(gradient - m, share1, m);");
            writer.Line($"var u = TLanes.FusedMultiplyAdd(sum, mean, m);");
            writer.Line($"var w = step.Mean == 0 ? gradient : u;");
        }
        else
        {
            writer.Line($"// m ← m + (1 − β₁)({(plan.HasGradients ? "h" : "g")} − m), v ← v + (1 − β₂)({(plan.HasGradients ? "h" : "g")}² − v)");
            writer.Line($"m = TLanes.FusedMultiplyAdd(gradient - m, share1, m);");
        }

        var squared = plan.HasMomenta ? "w" : "gradient";
        writer.Line($"v = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd({squared}, {squared}, -v), share2, v);");
    }

    private static void PrintEntry(SourceWriter writer, string entry)
    {
        writer.Line();
        using (writer.Open($"if (step.Place >= 0)"))
        {
            writer.Line($"// The sum takes in what comes, and lets go of what has been there");
            writer.Line($"var old = TElement.Load<TLanes>(ref M, place + entryPlace);");
            writer.Line($"TElement.Store(sum + ({entry} - old), ref M, place + {2 * Tile}, dither);");
            writer.Line($"TElement.Store({entry}, ref M, place + entryPlace, dither);");
        }
    }
}
