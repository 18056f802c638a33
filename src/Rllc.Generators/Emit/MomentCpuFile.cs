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
        if (plan.Kind == MomentKind.Adam)
        {
            writer.Line($"// 1 − β₁, 1 − β₂");
            writer.Line($"var share1 = TLanes.Create((float)(1 - Beta1));");
            writer.Line($"var share2 = TLanes.Create((float)(1 - Beta2));");
        }
        else
        {
            if (plan.HasM)
                writer.Line($"var momentum = TLanes.Create((float)Momentum);");
            if (plan.HasV)
            {
                writer.Line($"// 1 − α");
                writer.Line($"var share = TLanes.Create((float)(1 - Alpha));");
            }
        }

        if (plan.HasV)
            writer.Line($"var epsilon = TLanes.Create((float)Epsilon);");
        writer.Line($"var scale = TLanes.Create(step.GradientScale);");
        writer.Line($"// {(plan.IsDecoupled ? "−c₁ · weight decay" : "weight decay")}");
        if (plan.IsDecoupled)
            writer.Line($"var decay = TLanes.Create(step.Decay);");
        else
            writer.Line($"var penalty = TLanes.Create(step.Penalty);");
        writer.Line($"// {(plan.Kind == MomentKind.Adam ? "−c₁/(1 − β₁ᵗ), 1/√(1 − β₂ᵗ)" : "−c₁")}");
        writer.Line($"var rate = TLanes.Create(step.Rate);");
        if (plan.Kind == MomentKind.Adam)
            writer.Line($"var root = TLanes.Create(step.Root);");
        if (plan.HasBuffer)
        {
            writer.Line($"// 1 / number of entries");
            writer.Line($"var mean = TLanes.Create(step.Mean);");
            writer.Line($"// Where the new entry's place is, counted from that of m");
            writer.Line($"var entryPlace = {(plan.PlaceOfSum + 1) * Tile} + {Tile} * step.Place;");
        }

        if (plan.UnitCount > 0)
            writer.Line($"var dither = step.Dither;");
    }

    private static void PrintStep(SourceWriter writer, MomentPlan plan)
    {
        PrintLoads(writer, plan);
        writer.Line();
        if (plan is { HasMomenta: true, IsReference: true })
            writer.Line($"var entry = gradient;");
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
        if (plan.Kind == MomentKind.Adam)
            PrintAdam(writer, plan);
        else
            PrintPlain(writer, plan);
        writer.Line();
        if (plan.HasM)
            writer.Line($"TElement.Store(m, ref M, place, dither);");
        if (plan.HasV)
            writer.Line($"TElement.Store(v, ref M, {Place(plan.PlaceOfV)}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
        if (plan.HasBuffer)
            PrintEntry(writer, plan, plan.HasMomenta && !plan.IsReference ? "m" : "entry");
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

    private static void PrintAdam(SourceWriter writer, MomentPlan plan)
    {
        if (plan is { HasMomenta: true, IsReference: true })
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); while the buffer is empty, g goes there and nowhere else");
            writer.Line($"var isFirst = step.Mean == 0;");
            writer.Line($"m = isFirst ? m : TLanes.FusedMultiplyAdd(gradient - m, share1, m);");
            writer.Line($"entry = isFirst ? entry : m;");
            writer.Line($"var u = TLanes.FusedMultiplyAdd(sum, mean, m);");
        }
        else if (plan.HasMomenta)
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); of g² while the buffer is empty");
            writer.Line($"m = TLanes.FusedMultiplyAdd(gradient - m, share1, m);");
            writer.Line($"var u = TLanes.FusedMultiplyAdd(sum, mean, m);");
            writer.Line($"var w = step.Mean == 0 ? gradient : u;");
        }
        else
        {
            writer.Line($"// m ← m + (1 − β₁)({Taken(plan)} − m), v ← v + (1 − β₂)({Taken(plan)}² − v)");
            writer.Line($"m = TLanes.FusedMultiplyAdd(gradient - m, share1, m);");
        }

        var squared = !plan.HasMomenta ? "gradient" : plan.IsReference ? "u" : "w";
        writer.Line($"v = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd({squared}, {squared}, -v), share2, v);");
        writer.Line();
        writer.Line($"// θ ← θ − c₁/(1 − β₁ᵗ) · {(plan.HasMomenta ? "u" : "m")} / (√v/√(1 − β₂ᵗ) + ε)");
        writer.Line($"var divisor = TLanes.FusedMultiplyAdd(TLanes.Sqrt(v), root, epsilon);");
        writer.Line($"parameter = TLanes.FusedMultiplyAdd({(plan.HasMomenta ? "u" : "m")} / divisor, rate, parameter);");
    }

    // RMSprop and SGD: a direction, and with momentum a decaying sum of directions.
    private static void PrintPlain(SourceWriter writer, MomentPlan plan)
    {
        var direction = "gradient";
        if (plan.HasV)
        {
            writer.Line($"// v ← v + (1 − α)({Taken(plan)}² − v)");
            writer.Line($"v = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(gradient, gradient, -v), share, v);");
            writer.Line($"var direction = gradient / (TLanes.Sqrt(v) + epsilon);");
            direction = "direction";
        }

        if (plan.HasM)
        {
            writer.Line($"// m ← μm + {(plan.HasV ? $"{Taken(plan)}/(√v + ε)" : Taken(plan))}");
            writer.Line($"m = TLanes.FusedMultiplyAdd(m, momentum, {direction});");
            direction = "m";
        }

        if (plan.HasV || plan.HasM)
            writer.Line();
        writer.Line($"// θ ← θ − c₁ · {(plan.HasM ? "m" : plan.HasV ? $"{Taken(plan)}/(√v + ε)" : Taken(plan))}");
        writer.Line($"parameter = TLanes.FusedMultiplyAdd({direction}, rate, parameter);");
    }

    private static string Taken(MomentPlan plan) => plan.HasGradients ? "h" : "g";

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
