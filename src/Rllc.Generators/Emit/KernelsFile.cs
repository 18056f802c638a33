namespace Rllc.Generators;

/// <summary>Prints the kernels of a linear memory for devices.</summary>
internal static class KernelsFile
{
    public static string Print(OptimizerPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        using (DevicePass.OpenClass(writer, $"global::Rllc.Kernels.StepKernels({Literals.String(plan.Type.MetadataName)}, Spec)"))
            PrintKernels(writer, plan.Kernel);
    });

    private static void PrintKernels(SourceWriter writer, KernelPlan kernel)
    {
        var units = kernel.Updates.Select(update => update.Unit).ToList();
        var old = units.ConvertAll(KernelPlanner.Old);
        DevicePass.PrintProject(writer, units.Count, old, width => PrintLoads(writer, units, width));
        writer.Line();
        DevicePass.PrintAdvance(
            writer, units.Count, _ => "var", () => PrintCoefficients(writer, kernel), width => PrintLoads(writer, kernel.OldUnits, width), width => PrintStep(writer, kernel, width));
        writer.Line();
        DevicePass.PrintProjectAndAdvance(
            writer, _ => "var", old, () => PrintCoefficients(writer, kernel), width => PrintLoads(writer, units, width), width => PrintStep(writer, kernel, width));
    }

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"const float {coefficient.Name} = {coefficient.Literal};");
        writer.Line($"var scale = step.GradientScale;");
    }

    private static void PrintLoads(SourceWriter writer, IEnumerable<int> units, string width)
    {
        foreach (var unit in units)
            writer.Line($"var {KernelPlanner.Old(unit)} = chunk.LoadUnit{width}<TElement>({unit}, i);");
    }

    private static void PrintStep(SourceWriter writer, KernelPlan kernel, string width)
    {
        writer.Line($"// M ← MB + gaᵀ");
        foreach (var update in kernel.Updates)
            writer.Line($"var new{update.Unit} = {Sum(update.Terms)};");
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var update in kernel.Updates)
            writer.Line($"parameter += new{update.Unit} * l{update.Unit};");
        writer.Line();
        foreach (var update in kernel.Updates)
            writer.Line($"chunk.StoreUnit{width}<TElement>({update.Unit}, i, new{update.Unit});");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
    }

    private static string Sum(EquatableArray<Term> terms) =>
        SumText.Print(terms, (sum, term) => $"{sum} + {term.Source} * {term.Coefficient}");
}
