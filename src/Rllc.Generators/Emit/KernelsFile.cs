using static Rllc.Generators.DevicePass;

namespace Rllc.Generators;

/// <summary>Prints the kernels of a linear memory for devices.</summary>
internal static class KernelsFile
{
    public static string Print(OptimizerPlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        using (OpenClass(writer, $"global::Rllc.Kernels.StepKernels({Literals.String(plan.Type.MetadataName)}, Spec)"))
        {
            PrintProject(writer, plan.Kernel);
            writer.Line();
            PrintAdvance(writer, plan.Kernel);
            writer.Line();
            PrintProjectAndAdvance(writer, plan.Kernel);
        }
    });

    private static void PrintProject(SourceWriter writer, KernelPlan kernel)
    {
        var units = kernel.Updates.Count;
        using (OpenProject(writer))
        {
            PrintThreads(writer);
            PrintTotals(writer, units);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintGram(writer, units);
                PrintAccumulators(writer, units);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i);");
                    PrintLoads(writer, kernel.Updates.Select(update => update.Unit), width);
                    writer.Line();
                    PrintProjection(writer, OldUnits(kernel));
                });
                writer.Line();
                PrintAddition(writer, units);
            }

            writer.Line();
            PrintGroupSums(writer, units);
        }
    }

    private static void PrintAdvance(SourceWriter writer, KernelPlan kernel)
    {
        using (OpenAdvance(writer))
        {
            PrintThreads(writer);
            PrintCoefficients(writer, kernel);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintRates(writer, kernel.Updates.Count);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i) * scale;");
                    PrintLoads(writer, kernel.OldUnits, width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintStep(writer, kernel, width);
                });
            }
        }
    }

    private static void PrintProjectAndAdvance(SourceWriter writer, KernelPlan kernel)
    {
        var units = kernel.Updates.Count;
        using (OpenProjectAndAdvance(writer))
        {
            PrintThreads(writer);
            PrintCoefficients(writer, kernel);
            PrintTotals(writer, units);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintRates(writer, units);
                PrintGram(writer, units);
                PrintAccumulators(writer, units);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i);");
                    PrintLoads(writer, kernel.Updates.Select(update => update.Unit), width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintProjection(writer, OldUnits(kernel));
                    writer.Line();
                    writer.Line($"gradient *= scale;");
                    writer.Line();
                    PrintStep(writer, kernel, width);
                });
                writer.Line();
                PrintAddition(writer, units);
            }

            writer.Line();
            PrintGroupSums(writer, units);
        }
    }

    private static IEnumerable<string> OldUnits(KernelPlan kernel) => kernel.Updates.Select(update => KernelPlanner.Old(update.Unit));

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"const float {coefficient.Name} = {coefficient.Literal};");
        writer.Line($"var scale = step.GradientScale;");
    }

    private static void PrintLoads(SourceWriter writer, IEnumerable<int> units, string width)
    {
        foreach (var unit in units)
            PrintLoad(writer, KernelPlanner.Old(unit), unit, width);
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
