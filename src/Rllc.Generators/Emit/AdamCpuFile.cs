namespace Rllc.Generators;

/// <summary>Prints the kernel of an Adam for the CPU: a straight-line loop body over vectors, all loads before the first store.</summary>
internal static class AdamCpuFile
{
    private const string Advance = "protected override void Advance<TLanes, TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.AdamCoefficients step)";

    // Tile.Length of the runtime.
    private const int Tile = 16;

    public static string Print(AdamPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
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
    });

    private static void PrintCoefficients(SourceWriter writer, AdamPlan plan)
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
        writer.Line($"var dither = step.Dither;");
    }

    private static void PrintStep(SourceWriter writer, AdamPlan plan)
    {
        writer.Line($"// M: {Tile} elements of m and v in turn");
        writer.Line($"var place = i + (i & -{Tile});");
        writer.Line($"var gradient = TLanes.Load(ref g, i) * scale;");
        writer.Line($"var m = TElement.Load<TLanes>(ref M, place);");
        writer.Line($"var v = TElement.Load<TLanes>(ref M, place + {Tile});");
        writer.Line($"var parameter = TLanes.Load(ref θ, i);");
        if (plan.IsDecoupled)
            writer.Line($"parameter = TLanes.FusedMultiplyAdd(parameter, decay, parameter);");
        else
            writer.Line($"gradient = TLanes.FusedMultiplyAdd(parameter, penalty, gradient);");
        writer.Line();
        writer.Line($"// m ← m + (1 − β₁)(g − m), v ← v + (1 − β₂)(g² − v)");
        writer.Line($"m = TLanes.FusedMultiplyAdd(gradient - m, share1, m);");
        writer.Line($"v = TLanes.FusedMultiplyAdd(TLanes.FusedMultiplyAdd(gradient, gradient, -v), share2, v);");
        writer.Line();
        writer.Line($"// θ ← θ − c₁/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)");
        writer.Line($"var divisor = TLanes.FusedMultiplyAdd(TLanes.Sqrt(v), root, epsilon);");
        writer.Line($"parameter = TLanes.FusedMultiplyAdd(m / divisor, rate, parameter);");
        writer.Line();
        writer.Line($"TElement.Store(m, ref M, place, dither);");
        writer.Line($"TElement.Store(v, ref M, place + {Tile}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
    }
}
