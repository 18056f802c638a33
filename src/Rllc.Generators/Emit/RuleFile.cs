using System.Security;

namespace Rllc.Generators;

/// <summary>Prints the declaring parts of a memory rule's methods, and what the optimizer is and costs, for people.</summary>
internal static class RuleFile
{
    public static string Print(RulePlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        writer.Line($"/// <summary>The optimizer of the memory rule {plan.Methods.Rule}, with the units {string.Join(", ", plan.Units.Select(unit => unit.Name))}.</summary>");
        writer.Line($"/// <remarks>");
        writer.Line($"/// <code>");
        foreach (var line in Step(plan).Concat(Cost(plan)))
            writer.Line($"/// {SecurityElement.Escape(line)}");
        writer.Line($"/// </code>");
        writer.Line($"/// </remarks>");
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            foreach (var signature in plan.Signatures)
            {
                if (signature != plan.Signatures[0])
                    writer.Line();
                PrintSignature(writer, signature);
            }
        }
    });

    /// <summary>Prints the declaring part of a method, inlined into the kernels whatever its size.</summary>
    public static void PrintSignature(SourceWriter writer, string signature)
    {
        writer.Line($"[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
        writer.Line($"{signature};");
    }

    private static IEnumerable<string> Step(RulePlan plan)
    {
        if (!plan.IsFixed)
            yield return "L ← L + c₂·G⁺c, c = Mᵀg and G = MᵀM of the old memory";
        yield return $"M ← {plan.Methods.Rule}(g, M), θ ← θ − c₁ML";
        yield return "";
    }

    // An exact step passes over M and g before; memory lies in one stream, so that all of it comes along.
    private static IEnumerable<string> Cost(RulePlan plan)
    {
        var kept = plan.State.Count;
        yield return FormattableString.Invariant($"kept for each parameter: {kept} numbers{(kept == 0 ? "" : $" ({string.Join(", ", plan.State)})")}");
        yield return plan.IsFixed
            ? FormattableString.Invariant($"moved in a step: {2 * kept + 3}, in one pass")
            : FormattableString.Invariant($"moved in a step: {3 * kept + 4} in two passes, {2 * kept + 3} in one with delayed timing");
    }
}
