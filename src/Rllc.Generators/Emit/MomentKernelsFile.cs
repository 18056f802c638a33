namespace Rllc.Generators;

/// <summary>
/// Prints the kernel of an Adam and its kin for devices: each chunk four elements at a time (quads) and then one by one, both with the same straight-line
/// loop body, all loads before the first store. What goes before it in a step is the same for all, and in Rllc.Kernels.
/// </summary>
internal static class MomentKernelsFile
{
    private const string Quad = "4";
    private const string Element = "";

    public static string Print(MomentPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            writer.Line($"/// <summary>The kernel of a step on a device. It calls it; nobody else does.</summary>");
            DevicePass.PrintHidden(writer);
            writer.Line($"[global::Rllc.Kernels.MomentKernels({Literals.String(plan.Type.MetadataName)}, {Numbers(plan)})]");
            using (writer.Open($"{DevicePass.Class}"))
                PrintAdvance(writer, plan);
        }
    });

    private static string Numbers(MomentPlan plan)
    {
        var numbers = plan.Kind switch
        {
            MomentKind.RmsProp => "Kind = global::Rllc.MomentKind.RmsProp, Beta1 = Momentum, Beta2 = Alpha, Epsilon = Epsilon",
            MomentKind.Sgd => "Kind = global::Rllc.MomentKind.Sgd, Beta1 = Momentum",
            _ => $"Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, IsDecoupled = {(plan.IsDecoupled ? "true" : "false")}",
        };
        if (plan.Critical is not { } critical)
            return numbers;
        return $"{numbers}, Critical = global::Rllc.CriticalKind.{(critical.HoldsMomenta ? "Momenta" : "Gradients")}, Capacity = Capacity, Decay = Decay{(critical.IsReference ? ", IsReference = true" : "")}";
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
            PrintConstants(writer, plan);
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

    private static void PrintConstants(SourceWriter writer, MomentPlan plan)
    {
        if (plan.Kind == MomentKind.Adam)
        {
            writer.Line($"// 1 − β₁, 1 − β₂");
            writer.Line($"const float share1 = (float)(1 - Beta1);");
            writer.Line($"const float share2 = (float)(1 - Beta2);");
        }
        else
        {
            if (plan.HasM)
                writer.Line($"const float momentum = (float)Momentum;");
            if (plan.HasV)
            {
                writer.Line($"// 1 − α");
                writer.Line($"const float share = (float)(1 - Alpha);");
            }
        }

        if (plan.HasV)
            writer.Line($"const float epsilon = (float)Epsilon;");
    }

    private static void PrintRates(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"var rates = step.RatesOf(index);");
        writer.Line($"// {(plan.IsDecoupled ? "−c₁ · weight decay" : "weight decay")}");
        writer.Line($"var {(plan.IsDecoupled ? "decay = rates.Decay" : "penalty = rates.Penalty")};");
        writer.Line($"// {(plan.Kind == MomentKind.Adam ? "−c₁/(1 − β₁ᵗ), 1/√(1 − β₂ᵗ)" : "−c₁")}");
        writer.Line($"var rate = rates.Rate;");
        if (plan.Kind == MomentKind.Adam)
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
        if (plan.HasM)
            writer.Line($"var m = chunk.LoadUnit{width}<TElement>(0, i);");
        if (plan.HasV)
            writer.Line($"var v = chunk.LoadUnit{width}<TElement>({plan.PlaceOfV}, i);");
        if (plan.HasBuffer)
        {
            writer.Line($"var sum = sumIsDue ? chunk.SumUnits{width}<TElement>({plan.PlaceOfSum + 1}, Capacity, i) : chunk.LoadUnit{width}<TElement>({plan.PlaceOfSum}, i);");
            writer.Line($"var old = place >= 0 ? chunk.LoadUnit{width}<TElement>({plan.PlaceOfSum + 1} + place, i) : default;");
        }

        writer.Line($"var parameter = chunk.LoadParameter{width}(i);");
        writer.Line();
        if (plan is { HasMomenta: true, IsReference: true })
            writer.Line($"var entry = gradient;");
        if (plan.HasGradients)
        {
            writer.Line($"// h ← g + s/c");
            writer.Line($"var entry = gradient;");
            writer.Line($"gradient += sum * mean;");
        }

        writer.Line($"{(plan.IsDecoupled ? "parameter += parameter * decay" : "gradient += parameter * penalty")};");
        writer.Line();
        if (plan.Kind == MomentKind.Adam)
            PrintAdam(writer, plan);
        else
            PrintPlain(writer, plan);
        writer.Line();
        if (plan.HasM)
            writer.Line($"chunk.StoreUnit{width}<TElement>(0, i, m);");
        if (plan.HasV)
            writer.Line($"chunk.StoreUnit{width}<TElement>({plan.PlaceOfV}, i, v);");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
        if (plan.HasBuffer)
            PrintEntry(writer, plan, plan.HasMomenta && !plan.IsReference ? "m" : "entry", width);
    }

    private static void PrintAdam(SourceWriter writer, MomentPlan plan)
    {
        if (plan is { HasMomenta: true, IsReference: true })
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); while the buffer is empty, g goes there and nowhere else");
            writer.Line($"var isFirst = mean == 0;");
            writer.Line($"m = isFirst ? m : m + (gradient - m) * share1;");
            writer.Line($"entry = isFirst ? entry : m;");
            writer.Line($"var u = m + sum * mean;");
        }
        else if (plan.HasMomenta)
        {
            writer.Line($"// m ← m + (1 − β₁)(g − m), u ← m + s/c, v ← v + (1 − β₂)(u² − v); of g² while the buffer is empty");
            writer.Line($"m += (gradient - m) * share1;");
            writer.Line($"var u = m + sum * mean;");
            writer.Line($"var w = mean == 0 ? gradient : u;");
        }
        else
        {
            var taken = plan.HasGradients ? "h" : "g";
            writer.Line($"// m ← m + (1 − β₁)({taken} − m), v ← v + (1 − β₂)({taken}² − v)");
            writer.Line($"m += (gradient - m) * share1;");
        }

        var squared = !plan.HasMomenta ? "gradient" : plan.IsReference ? "u" : "w";
        writer.Line($"v += ({squared} * {squared} - v) * share2;");
        writer.Line();
        var moved = plan.HasMomenta ? "u" : "m";
        writer.Line($"// θ ← θ − c₁/(1 − β₁ᵗ) · {moved} / (√v/√(1 − β₂ᵗ) + ε)");
        writer.Line($"parameter += {moved} / (global::Rllc.Kernels.Float4.Sqrt(v) * root + epsilon) * rate;");
    }

    // RMSprop and SGD: a direction, and with momentum a decaying sum of directions.
    private static void PrintPlain(SourceWriter writer, MomentPlan plan)
    {
        var taken = plan.HasGradients ? "h" : "g";
        var direction = plan.HasV ? $"{taken}/(√v + ε)" : taken;
        if (plan.HasV)
        {
            writer.Line($"// v ← v + (1 − α)({taken}² − v)");
            writer.Line($"v += (gradient * gradient - v) * share;");
            writer.Line($"var direction = gradient / (global::Rllc.Kernels.Float4.Sqrt(v) + epsilon);");
        }

        var moved = plan.HasV ? "direction" : "gradient";
        if (plan.HasM)
        {
            writer.Line($"// m ← μm + {direction}");
            writer.Line($"m = m * momentum + {moved};");
            (moved, direction) = ("m", "m");
        }

        if (plan.HasV || plan.HasM)
            writer.Line();
        writer.Line($"// θ ← θ − c₁ · {direction}");
        writer.Line($"parameter += {moved} * rate;");
    }

    // What is summed afresh is kept, too, where there is no new entry.
    private static void PrintEntry(SourceWriter writer, MomentPlan plan, string entry, string width)
    {
        writer.Line();
        using (writer.Open($"if (place >= 0)"))
        {
            writer.Line($"// The sum takes in what comes, and lets go of what has been there");
            writer.Line($"sum += {entry} - old;");
            writer.Line($"chunk.StoreUnit{width}<TElement>({plan.PlaceOfSum + 1} + place, i, {entry});");
        }

        writer.Line();
        writer.Line($"if (place >= 0 || sumIsDue)");
        writer.Line($"    chunk.StoreUnit{width}<TElement>({plan.PlaceOfSum}, i, sum);");
    }
}
