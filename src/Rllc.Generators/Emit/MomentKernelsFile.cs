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
        var formula = new MomentFormulaPrinter(writer, plan, MomentArithmetic.OfQuads);
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
            formula.PrintConstants();
            writer.Line($"var scale = step.GradientScale;");
            writer.Line();
            using (writer.Open($"for (var index = step.FirstChunk; index < step.EndChunk; index++)"))
            {
                writer.Line($"var chunk = step.Chunk(index);");
                writer.Line($"var rates = step.RatesOf(index);");
                formula.PrintRates();
                if (plan.HasBuffer)
                {
                    writer.Line($"// Where the new entry goes to");
                    writer.Line($"var place = rates.Place;");
                    writer.Line($"var sumIsDue = rates.SumIsDue;");
                }

                writer.Line();
                using (writer.Open($"for (var i = thread; i < chunk.Quads; i += threads)"))
                    PrintStep(writer, plan, formula, Quad);
                writer.Line();
                using (writer.Open($"for (var i = 4 * chunk.Quads + thread; i < chunk.Count; i += threads)"))
                    PrintStep(writer, plan, formula, Element);
            }
        }
    }

    private static void PrintStep(SourceWriter writer, MomentPlan plan, MomentFormulaPrinter formula, string width)
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
        formula.PrintStep();
        writer.Line();
        if (plan.HasM)
            writer.Line($"chunk.StoreUnit{width}<TElement>(0, i, m);");
        if (plan.HasV)
            writer.Line($"chunk.StoreUnit{width}<TElement>({plan.PlaceOfV}, i, v);");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
        if (plan.HasBuffer)
            PrintEntry(writer, plan, formula.Entry, width);
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
