namespace Rllc.Generators;

/// <summary>Prints what a user of an Adam touches: its formula and its cost in words, constants, constructors, options.</summary>
internal static class AdamFile
{
    public static string Print(AdamPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        PrintHeader(writer, plan);
        using (writer.Open($"partial class {plan.Type.Name} : global::Rllc.AdamOptimizer"))
        {
            PrintConstants(writer, plan);
            writer.Line();
            PrintFormula(writer, plan);
            writer.Line();
            PrintConstructor(writer, plan.Type.Name, "n, the number of parameters.", "long length");
            writer.Line();
            PrintConstructor(writer, plan.Type.Name, "The numbers of parameters of several tensors.", "global::System.ReadOnlySpan<long> lengths");
            writer.Line();
            OptimizerFile.PrintOptions(writer, plan.Hyperparameters, "global::Rllc.AdamOptions");
        }
    });

    private static void PrintHeader(SourceWriter writer, AdamPlan plan)
    {
        writer.Line($"/// <summary>{plan.Formula}, β₁ = {plan.Beta1}, β₂ = {plan.Beta2}, ε = {plan.Epsilon}.</summary>");
        writer.Line($"/// <remarks>");
        writer.Line($"/// In step t of a tensor, c₁ the learning rate:");
        writer.Line($"/// <code>");
        if (plan.IsDecoupled)
            writer.Line($"/// θ ← (1 − c₁·decay)·θ");
        else
            writer.Line($"/// g ← g + decay·θ");
        writer.Line($"/// m ← β₁m + (1 − β₁)g");
        writer.Line($"/// v ← β₂v + (1 − β₂)g²");
        writer.Line($"/// θ ← θ − c₁/(1 − β₁ᵗ) · m / (√(v/(1 − β₂ᵗ)) + ε)");
        writer.Line($"///");
        writer.Line($"/// kept for each parameter: 2 numbers; moved in a step: 7, in one pass");
        writer.Line($"/// </code>");
        writer.Line($"/// </remarks>");
    }

    private static void PrintConstants(SourceWriter writer, AdamPlan plan)
    {
        writer.Line($"/// <summary>β₁, what m keeps of itself in a step.</summary>");
        writer.Line($"public const double Beta1 = {plan.Beta1};");
        writer.Line();
        writer.Line($"/// <summary>β₂, what v keeps of itself in a step.</summary>");
        writer.Line($"public const double Beta2 = {plan.Beta2};");
        writer.Line();
        writer.Line($"/// <summary>ε, what is added to the root of v.</summary>");
        writer.Line($"public const double Epsilon = {plan.Epsilon};");
    }

    private static void PrintFormula(SourceWriter writer, AdamPlan plan)
    {
        writer.Line($"private static readonly global::Rllc.AdamFormula Formula = new global::Rllc.AdamFormula");
        writer.Line($"{{");
        writer.Line($"    Beta1 = Beta1,");
        writer.Line($"    Beta2 = Beta2,");
        writer.Line($"    Epsilon = Epsilon,");
        writer.Line($"    IsDecoupled = {(plan.IsDecoupled ? "true" : "false")},");
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
