namespace Rllc.Generators;

/// <summary>
/// Prints the kernel of an Adam for devices: each chunk four elements at a time (quads) and then one by one, both with the same straight-line
/// loop body, all loads before the first store. What goes before it in a step is the same for all, and in Rllc.Kernels.
/// </summary>
internal static class MomentKernelsFile
{
    private const string Quad = "4";
    private const string Element = "";

    // Units: m, v, and where there is a buffer the sum of its entries and these.
    private const int SumUnit = 2;
    private const int FirstEntry = 3;

    public static string Print(MomentPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>The kernel of a step on a device. It calls it; nobody else does.</summary>");
            KernelsFile.PrintHidden(writer);
            writer.Line($"[global::Rllc.Kernels.MomentKernels({Literals.String(plan.Type.MetadataName)}, {Numbers(plan)})]");
            using (writer.Open($"{KernelsFile.Class}"))
                PrintAdvance(writer, plan);
        }
    });

    private static string Numbers(MomentPlan plan)
    {
        var formula = $"Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, IsDecoupled = {(plan.IsDecoupled ? "true" : "false")}";
        return plan.Critical is { } critical
            ? $"{formula}, Critical = global::Rllc.CriticalKind.{(critical.HoldsMomenta ? "Momenta" : "Gradients")}, Capacity = Capacity, Decay = Decay"
            : formula;
    }

    private static void PrintAdvance(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"/// <summary>Writes M and θ, if the step is applied.</summary>");
        writer.Line($"/// <typeparam name=\"TElement\">How a number of M is kept.</typeparam>");
        writer.Line($"/// <param name=\"step\">The step.</param>");
        using (writer.Open($"public static void Advance<TElement>(global::Rllc.Kernels.MomentViews step)\n    where TElement : struct, global::Rllc.Kernels.IDeviceElement"))
        {
            writer.Line($"if (!step.IsApplied)");
            writer.Line($"    return;");
            writer.Line();
            writer.Line($"var thread = global::ILGPU.Group.IdxX;");
            writer.Line($"var threads = global::ILGPU.Group.DimX;");
            writer.Line($"// 1 − β₁, 1 − β₂");
            writer.Line($"const float share1 = (float)(1 - Beta1);");
            writer.Line($"const float share2 = (float)(1 - Beta2);");
            writer.Line($"const float epsilon = (float)Epsilon;");
            writer.Line($"var scale = step.GradientScale;");
            writer.Line();
            using (writer.Open($"for (var index = step.FirstChunk; index < step.EndChunk; index++)"))
            {
                writer.Line($"var chunk = step.Chunk(index);");
                PrintRates(writer, plan);
                writer.Line();
                using (writer.Open($"for (var i = thread; i < chunk.Quads; i += threads)"))
                    PrintStep(writer, plan, Quad);
                writer.Line();
                using (writer.Open($"for (var i = 4 * chunk.Quads + thread; i < chunk.Count; i += threads)"))
                    PrintStep(writer, plan, Element);
            }
        }
    }

    private static void PrintRates(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"var rates = step.RatesOf(index);");
        writer.Line($"// {(plan.IsDecoupled ? "−c₁ · weight decay" : "weight decay")}");
        writer.Line($"var {(plan.IsDecoupled ? "decay = rates.Decay" : "penalty = rates.Penalty")};");
        writer.Line($"// −c₁/(1 − β₁ᵗ), 1/√(1 − β₂ᵗ)");
        writer.Line($"var rate = rates.Rate;");
        writer.Line($"var root = rates.Root;");
        if (!plan.HasBuffer)
            return;
        writer.Line($"// 1 / number of entries");
        writer.Line($"var mean = rates.Mean;");
        writer.Line($"// Where the new entry goes to");
        writer.Line($"var place = rates.Place;");
        writer.Line($"var sumIsDue = rates.SumIsDue;");
    }

    private static void PrintStep(SourceWriter writer, MomentPlan plan, string width)
    {
        writer.Line($"var gradient = chunk.LoadGradient{width}(i) * scale;");
        writer.Line($"var m = chunk.LoadUnit{width}<TElement>(0, i);");
        writer.Line($"var v = chunk.LoadUnit{width}<TElement>(1, i);");
        if (plan.HasBuffer)
        {
            writer.Line($"var sum = sumIsDue ? chunk.SumUnits{width}<TElement>({FirstEntry}, Capacity, i) : chunk.LoadUnit{width}<TElement>({SumUnit}, i);");
            writer.Line($"var old = place >= 0 ? chunk.LoadUnit{width}<TElement>({FirstEntry} + place, i) : default;");
        }

        writer.Line($"var parameter = chunk.LoadParameter{width}(i);");
        writer.Line();
        if (plan.HasGradients)
        {
            writer.Line($"// h ← g + s/c");
            writer.Line($"var entry = gradient;");
            writer.Line($"gradient += sum * mean;");
        }

        writer.Line($"{(plan.IsDecoupled ? "parameter += parameter * decay" : "gradient += parameter * penalty")};");
        writer.Line();
        PrintMoments(writer, plan);
        writer.Line();
        var moved = plan.HasMomenta ? "u" : "m";
        writer.Line($"// θ ← θ − c₁/(1 − β₁ᵗ) · {moved} / (√v/√(1 − β₂ᵗ) + ε)");
        writer.Line($"parameter += {moved} / (global::Rllc.Kernels.Float4.Sqrt(v) * root + epsilon) * rate;");
        writer.Line();
        writer.Line($"chunk.StoreUnit{width}<TElement>(0, i, m);");
        writer.Line($"chunk.StoreUnit{width}<TElement>(1, i, v);");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
        if (plan.HasBuffer)
            PrintEntry(writer, plan.HasMomenta ? "m" : "entry", width);
    }

    private static void PrintMoments(SourceWriter writer, MomentPlan plan)
    {
        var taken = plan.HasGradients ? "h" : "g";
        writer.Line(plan.HasMomenta
            ? (FormattableString)$"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); of g² while the buffer is empty"
            : $"// m ← m + (1 − β₁)({taken} − m), v ← v + (1 − β₂)({taken}² − v)");
        writer.Line($"m += (gradient - m) * share1;");
        if (plan.HasMomenta)
        {
            writer.Line($"var u = m + sum * mean;");
            writer.Line($"var w = mean == 0 ? gradient : u;");
        }

        var squared = plan.HasMomenta ? "w" : "gradient";
        writer.Line($"v += ({squared} * {squared} - v) * share2;");
    }

    // What is summed afresh is kept, too, where there is no new entry.
    private static void PrintEntry(SourceWriter writer, string entry, string width)
    {
        writer.Line();
        using (writer.Open($"if (place >= 0)"))
        {
            writer.Line($"// The sum takes in what comes, and lets go of what has been there");
            writer.Line($"sum += {entry} - old;");
            writer.Line($"chunk.StoreUnit{width}<TElement>({FirstEntry} + place, i, {entry});");
        }

        writer.Line();
        writer.Line($"if (place >= 0 || sumIsDue)");
        writer.Line($"    chunk.StoreUnit{width}<TElement>({SumUnit}, i, sum);");
    }
}
