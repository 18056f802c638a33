namespace Rllc.Generators;

/// <summary>Prints what a user of an Adam or one of its kin touches: its formula and its cost in words, constants, constructors, options.</summary>
internal static class MomentFile
{
    public static string Print(MomentPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        PrintHeader(writer, plan);
        using (writer.Open($"partial class {plan.Type.Name} : global::Rllc.MomentOptimizer"))
        {
            PrintDeclared(writer, plan);
            writer.Line();
            PrintConstructor(writer, plan.Type.Name, "n, the number of parameters.", "long length");
            writer.Line();
            PrintConstructor(writer, plan.Type.Name, "The numbers of parameters of several tensors.", "global::System.ReadOnlySpan<long> lengths");
            writer.Line();
            OptimizerFile.PrintOptions(writer, plan.Hyperparameters, "global::Rllc.MomentOptions");
        }
    });

    /// <summary>Prints formula and cost in words, as the documentation of the class.</summary>
    public static void PrintHeader(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"/// <summary>{plan.Formula}{Buffer(plan)}, {Numbers(plan)}.</summary>");
        writer.Line($"/// <remarks>");
        writer.Line($"/// In step t of a tensor, c₁ the learning rate{(plan.HasBuffer ? ", s the sum of the entries in the buffer, c their number" : "")}:");
        writer.Line($"/// <code>");
        foreach (var line in Formula(plan))
            writer.Line($"/// {line}");
        writer.Line($"///");
        foreach (var line in Cost(plan))
            writer.Line($"/// {line}");
        writer.Line($"/// </code>");
        writer.Line($"/// </remarks>");
    }

    /// <summary>Prints what the class declares: constants, and the formula of them.</summary>
    public static void PrintDeclared(SourceWriter writer, MomentPlan plan)
    {
        PrintConstants(writer, plan);
        writer.Line();
        PrintFormula(writer, plan);
    }

    private static string Numbers(MomentPlan plan) => plan.Kind switch
    {
        MomentKind.RmsProp => $"α = {plan.Beta2}, ε = {plan.Epsilon}, μ = {plan.Beta1}",
        MomentKind.Sgd => $"μ = {plan.Beta1}",
        _ => $"β₁ = {plan.Beta1}, β₂ = {plan.Beta2}, ε = {plan.Epsilon}",
    };

    private static FormattableString Buffer(MomentPlan plan) =>
        plan.Critical is { } critical ? (FormattableString)$" with {critical.Capacity} critical {(critical.HoldsMomenta ? "momenta" : "gradients")}" : $"";

    private static IEnumerable<string> Formula(MomentPlan plan)
    {
        if (plan.HasGradients)
            yield return "h ← g + s/c (g while the buffer is empty)";
        var gradient = plan.HasGradients ? "h" : "g";
        yield return plan.IsDecoupled ? "θ ← (1 − c₁·decay)·θ" : $"{gradient} ← {gradient} + decay·θ";
        foreach (var line in plan.Kind == MomentKind.Adam ? Adam(plan, gradient) : Plain(plan, gradient))
            yield return line;
        if (!plan.HasBuffer)
            yield break;
        if (plan is { HasMomenta: true, IsReference: true })
            yield return "(in the first step m stays 0 and g is the entry)";
        yield return $"{(plan.HasMomenta ? "m" : "g")} into the buffer with the priority {(plan.IsReference ? "Σ‖g‖ of the tensors of its group" : "‖g‖")}, where it has room or that is above the smallest one there";
        yield return $"priorities ← {plan.Critical!.Decay}·priorities";
    }

    private static IEnumerable<string> Adam(MomentPlan plan, string gradient)
    {
        yield return $"m ← β₁m + (1 − β₁){gradient}";
        if (plan.HasMomenta)
            yield return plan.IsReference ? "u ← m + s/c" : "u ← m + s/c (m while the buffer is empty)";
        yield return plan.HasMomenta ? $"v ← β₂v + (1 − β₂)u²{(plan.IsReference ? "" : " (g² while the buffer is empty)")}" : $"v ← β₂v + (1 − β₂){gradient}²";
        yield return $"θ ← θ − c₁/(1 − β₁ᵗ) · {(plan.HasMomenta ? "u" : "m")} / (√(v/(1 − β₂ᵗ)) + ε)";
    }

    private static IEnumerable<string> Plain(MomentPlan plan, string gradient)
    {
        var direction = plan.HasV ? $"{gradient}/(√v + ε)" : gradient;
        if (plan.HasV)
            yield return $"v ← αv + (1 − α){gradient}²";
        if (plan.HasM)
            yield return $"m ← μm + {direction}";
        yield return $"θ ← θ − c₁ · {(plan.HasM ? "m" : direction)}";
    }

    // m and v are read and written, θ too, and g is read; with a buffer also its sum and g once more, and an entry is read and written.
    private static IEnumerable<string> Cost(MomentPlan plan)
    {
        var moved = 2 * plan.PlaceOfSum + 3;
        if (plan.HasBuffer)
        {
            yield return FormattableString.Invariant($"kept for each parameter: {plan.UnitCount} numbers; moved in a step: {moved + 2}, {moved + 5} where it makes an entry,");
            yield return FormattableString.Invariant($"and {1 + 1.0 / plan.Critical!.Capacity:0.##} more on average, for the sum; one pass over the gradient, one over all");
        }
        else
        {
            yield return FormattableString.Invariant($"kept for each parameter: {plan.UnitCount} numbers; moved in a step: {moved}, in one pass");
        }
    }

    private static void PrintConstants(SourceWriter writer, MomentPlan plan)
    {
        foreach (var (index, constant) in Constants(plan).Select((constant, index) => (index, constant)))
        {
            if (index > 0)
                writer.Line();
            writer.Line($"/// <summary>{constant.Meaning}.</summary>");
            writer.Line($"public const double {constant.Name} = {constant.Value};");
        }

        if (plan.Critical is not { } critical)
            return;
        writer.Line();
        writer.Line($"/// <summary>C, how many entries the buffer has.</summary>");
        writer.Line($"public const int Capacity = {critical.Capacity};");
        writer.Line();
        writer.Line($"/// <summary>What the priorities of its entries are multiplied with in a step.</summary>");
        writer.Line($"public const double Decay = {critical.Decay};");
    }

    private static IEnumerable<(string Name, string Meaning, string Value)> Constants(MomentPlan plan)
    {
        if (plan.Kind == MomentKind.Adam)
        {
            yield return ("Beta1", "β₁, what m keeps of itself in a step", plan.Beta1);
            yield return ("Beta2", "β₂, what v keeps of itself in a step", plan.Beta2);
        }
        else
        {
            yield return ("Momentum", "μ, what m keeps of itself in a step", plan.Beta1);
            if (plan.HasV)
                yield return ("Alpha", "α, what v keeps of itself in a step", plan.Beta2);
        }

        if (plan.HasV)
            yield return ("Epsilon", "ε, what is added to the root of v", plan.Epsilon);
    }

    private static void PrintFormula(SourceWriter writer, MomentPlan plan)
    {
        writer.Line($"private static readonly global::Rllc.MomentFormula Formula = new global::Rllc.MomentFormula");
        writer.Line($"{{");
        if (plan.Kind != MomentKind.Adam)
            writer.Line($"    Kind = global::Rllc.MomentKind.{plan.Kind},");
        writer.Line($"    Beta1 = {(plan.Kind == MomentKind.Adam ? "Beta1" : "Momentum")},");
        writer.Line($"    Beta2 = {(plan.Kind == MomentKind.Adam ? "Beta2" : plan.HasV ? "Alpha" : "0")},");
        writer.Line($"    Epsilon = {(plan.HasV ? "Epsilon" : "0")},");
        writer.Line($"    IsDecoupled = {(plan.IsDecoupled ? "true" : "false")},");
        if (plan.Critical is { } critical)
        {
            writer.Line($"    Critical = global::Rllc.CriticalKind.{(critical.HoldsMomenta ? "Momenta" : "Gradients")},");
            writer.Line($"    Capacity = Capacity,");
            writer.Line($"    Decay = Decay,");
            if (critical.IsReference)
                writer.Line($"    IsReference = true,");
        }

        writer.Line($"}};");
    }

    private static void PrintConstructor(SourceWriter writer, string name, string meaning, string parameter)
    {
        var argument = parameter.Substring(parameter.IndexOf(' ') + 1);
        writer.Line($"/// <summary>An optimizer with an empty memory.</summary>");
        writer.Line($"/// <param name=\"{argument}\">{meaning}</param>");
        writer.Line($"/// <param name=\"options\">Hyperparameters; null for the defaults.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A length or an option is out of range.</exception>");
        writer.Line($"public {name}({parameter}, Options? options = null)");
        writer.Line($"    : base(Formula, {argument}, options ?? new Options())");
        writer.Line($"{{");
        writer.Line($"}}");
    }
}
