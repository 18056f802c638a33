namespace Rllc.Generators;

/// <summary>Prints the kernel of an Adam and its kin for the CPU: a straight-line loop body over vectors, all loads before the first store but
/// those of the one entry of a buffer that a new one replaces.</summary>
internal static class MomentCpuFile
{
    private const string Advance = "protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.MomentCoefficients step)";

    private const int Tile = CpuFile.Tile;

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
        var formula = new MomentFormulaPrinter(writer, plan, MomentArithmetic.OfLanes);
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{Advance}"))
        {
            formula.PrintConstants();
            writer.Line($"var scale = TLanes.Create(step.GradientScale);");
            formula.PrintRates();
            if (plan.HasBuffer)
            {
                writer.Line($"// Where the new entry's place is, counted from that of m");
                writer.Line($"var entryPlace = {(plan.PlaceOfSum + 1) * Tile} + {Tile} * step.Place;");
            }

            if (plan.UnitCount > 0)
                writer.Line($"var dither = step.Dither;");
            writer.Line();
            using (writer.Open($"for (nint i = 0; i < count; i += TLanes.Count)"))
            {
                PrintLoads(writer, plan);
                writer.Line();
                formula.PrintStep();
                writer.Line();
                PrintStores(writer, plan);
                if (plan.HasBuffer)
                    PrintEntry(writer, plan, formula.Entry);
            }
        }
    }

    // place is where element i of the first number that is kept is: between the tiles before it, i rounded down, lie those of the others.
    private static void PrintLoads(SourceWriter writer, MomentPlan plan)
    {
        string[] kept = [.. plan.HasM ? ["m"] : Array.Empty<string>(), .. plan.HasV ? ["v"] : Array.Empty<string>()];
        if (plan.HasBuffer)
        {
            writer.Line($"// M: {Tile} elements of {string.Concat(kept.Select(name => $"{name}, "))}the sum of the entries and each entry in turn");
            writer.Line($"var place = i + {plan.UnitCount - 1} * (i & -{Tile});");
        }
        else if (kept.Length > 0)
        {
            writer.Line($"// M: {(kept.Length == 1 ? "elements" : $"{Tile} elements")} of {string.Join(" and ", kept)}{(kept.Length == 1 ? "" : " in turn")}");
            writer.Line($"var place = {(kept.Length == 1 ? "i" : $"i + (i & -{Tile})")};");
        }

        writer.Line($"var gradient = TLanes.Load(ref g, i) * scale;");
        if (plan.HasM)
            writer.Line($"var m = TElement.Load<TLanes>(ref M, place);");
        if (plan.HasV)
            writer.Line($"var v = TElement.Load<TLanes>(ref M, {Place(plan.PlaceOfV)});");
        if (plan.HasBuffer)
            writer.Line($"var sum = TElement.Load<TLanes>(ref M, {Place(plan.PlaceOfSum)});");
        writer.Line($"var parameter = TLanes.Load(ref θ, i);");
    }

    private static string Place(int unit) => unit == 0 ? "place" : FormattableString.Invariant($"place + {unit * Tile}");

    private static void PrintStores(SourceWriter writer, MomentPlan plan)
    {
        if (plan.HasM)
            writer.Line($"TElement.Store(m, ref M, place, dither);");
        if (plan.HasV)
            writer.Line($"TElement.Store(v, ref M, {Place(plan.PlaceOfV)}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
    }

    private static void PrintEntry(SourceWriter writer, MomentPlan plan, string entry)
    {
        writer.Line();
        using (writer.Open($"if (step.Place >= 0)"))
        {
            writer.Line($"// The sum takes in what comes, and lets go of what has been there");
            writer.Line($"var old = TElement.Load<TLanes>(ref M, place + entryPlace);");
            writer.Line($"TElement.Store(sum + ({entry} - old), ref M, {Place(plan.PlaceOfSum)}, dither);");
            writer.Line($"TElement.Store({entry}, ref M, place + entryPlace, dither);");
        }
    }
}
