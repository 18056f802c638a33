using System.Security;

namespace Rllc.Generators;

/// <summary>Prints the constants of an optimizer: what its memory is, for people and for the run time.</summary>
internal static class MemoryFile
{
    public static string Print(OptimizerPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        writer.Line($"/// <summary>The optimizer of the memory {SecurityElement.Escape(plan.Memory.Spec)}.</summary>");
        writer.Line($"/// <remarks>");
        writer.Line($"/// M ← MB + gaᵀ, θ ← θ − c₁ML:");
        writer.Line($"/// <code>");
        writer.Lines("/// ", SecurityElement.Escape(plan.Memory.Report));
        writer.Line($"/// </code>");
        if (plan.Given is { } given)
        {
            writer.Line($"/// The same as the given memory, whose units are M·Q⁺:");
            writer.Line($"/// <code>");
            writer.Lines("/// ", given.Report);
            writer.Line($"/// </code>");
        }

        writer.Line($"/// </remarks>");
        using (writer.Open($"partial class {plan.Type.Name}"))
            PrintConstants(writer, plan.Memory);
    });

    private static void PrintConstants(SourceWriter writer, MemoryPlan memory)
    {
        writer.Line($"/// <summary>The memory in the spec language.</summary>");
        writer.Line($"public const string Spec = {memory.SpecLiteral};");
        writer.Line();
        writer.Line($"/// <summary>B, what the memory is multiplied with in a step: k×k, row by row.</summary>");
        PrintMatrix(writer, "B", memory.B);
        writer.Line();
        writer.Line($"/// <summary>a, how a gradient enters the memory: one entry per unit.</summary>");
        writer.Line($"public static global::System.ReadOnlySpan<double> a => new double[] {{ {memory.a} }};");
        writer.Line();
        writer.Line($"/// <summary>S = BᵀSB + aaᵀ, the shape of MᵀM under white gradients: k×k, row by row.</summary>");
        PrintMatrix(writer, "S", memory.S);
    }

    private static void PrintMatrix(SourceWriter writer, string name, EquatableArray<string> rows)
    {
        writer.Line($"public static global::System.ReadOnlySpan<double> {name} => new double[]");
        writer.Line($"{{");
        foreach (var row in rows)
            writer.Line($"    {row},");
        writer.Line($"}};");
    }
}
