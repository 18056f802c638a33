namespace Rllc.Generators;

/// <summary>Prints the kernels for the CPU: straight-line loop bodies over Vector&lt;float&gt;, all loads before the first store.</summary>
internal static class CpuFile
{
    public const string Project = "protected override void Project(ref float M, ref float g, int count, global::System.Span<double> sums)";
    public const string Advance = "protected override void Advance(ref float M, ref float θ, ref float g, int count, in global::Rllc.StepCoefficients step)";
    public const string ProjectAndAdvance = "protected override void ProjectAndAdvance(ref float M, ref float θ, ref float g, int count, in global::Rllc.StepCoefficients step, global::System.Span<double> sums)";

    // What stands left of :: is looked up among aliases only: no type of the user can hide it.
    private const string Alias = "using Simd = global::System.Numerics;";
    private const string Vector = "Simd::Vector";
    private const string Floats = "Simd::Vector<float>";

    public static string Print(OptimizerPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        {
            PrintProject(writer, plan.Kernel);
            writer.Line();
            PrintAdvance(writer, plan.Kernel);
            writer.Line();
            PrintProjectAndAdvance(writer, plan.Kernel);
        }
    }, Alias);

    private static void PrintProject(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{Project}"))
        {
            PrintUnits(writer, kernel);
            PrintAccumulators(writer, kernel);
            writer.Line();
            using (OpenLoop(writer))
            {
                writer.Line($"var gradient = {Vector}.LoadUnsafe(ref g, i);");
                foreach (var update in kernel.Updates)
                    PrintLoad(writer, update.Unit);
                writer.Line();
                PrintProjection(writer, kernel);
            }

            writer.Line();
            PrintSums(writer, kernel);
        }
    }

    private static void PrintAdvance(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{Advance}"))
        {
            PrintUnits(writer, kernel);
            PrintCoefficients(writer, kernel);
            writer.Line();
            using (OpenLoop(writer))
            {
                writer.Line($"var gradient = {Vector}.LoadUnsafe(ref g, i) * scale;");
                foreach (var unit in kernel.OldUnits)
                    PrintLoad(writer, unit);
                writer.Line($"var parameter = {Vector}.LoadUnsafe(ref θ, i) * decay;");
                writer.Line();
                PrintStep(writer, kernel);
            }
        }
    }

    private static void PrintProjectAndAdvance(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{ProjectAndAdvance}"))
        {
            PrintUnits(writer, kernel);
            PrintCoefficients(writer, kernel);
            PrintAccumulators(writer, kernel);
            writer.Line();
            using (OpenLoop(writer))
            {
                writer.Line($"var gradient = {Vector}.LoadUnsafe(ref g, i);");
                foreach (var update in kernel.Updates)
                    PrintLoad(writer, update.Unit);
                writer.Line($"var parameter = {Vector}.LoadUnsafe(ref θ, i) * decay;");
                writer.Line();
                PrintProjection(writer, kernel);
                writer.Line();
                writer.Line($"gradient *= scale;");
                writer.Line();
                PrintStep(writer, kernel);
            }

            writer.Line();
            PrintSums(writer, kernel);
        }
    }

    private static void PrintUnits(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"ref var M0 = ref M;");
        foreach (var update in kernel.Updates.Skip(1))
            writer.Line($"ref var M{update.Unit} = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref M{update.Unit - 1}, ChunkLength);");
    }

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"var {coefficient.Name} = new {Floats}({coefficient.Literal});");
        writer.Line($"var scale = new {Floats}(step.GradientScale);");
        writer.Line($"var decay = new {Floats}(step.Decay);");
        writer.Line($"// l = −c₁L");
        foreach (var update in kernel.Updates)
            writer.Line($"var l{update.Unit} = new {Floats}(step.Law[{update.Unit}]);");
    }

    private static void PrintAccumulators(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"var c{update.Unit} = {Floats}.Zero;");
        writer.Line($"var γ = {Floats}.Zero;");
    }

    private static SourceWriter.Block OpenLoop(SourceWriter writer) =>
        writer.Open($"for (nuint i = 0; i < (nuint)count; i += (nuint){Floats}.Count)");

    private static void PrintLoad(SourceWriter writer, int unit) =>
        writer.Line($"var {KernelPlanner.Old(unit)} = {Vector}.LoadUnsafe(ref M{unit}, i);");

    private static void PrintProjection(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        foreach (var update in kernel.Updates)
            writer.Line($"c{update.Unit} = {Vector}.FusedMultiplyAdd({KernelPlanner.Old(update.Unit)}, gradient, c{update.Unit});");
        writer.Line($"γ = {Vector}.FusedMultiplyAdd(gradient, gradient, γ);");
    }

    private static void PrintStep(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// M ← MB + gaᵀ");
        foreach (var update in kernel.Updates)
            writer.Line($"var new{update.Unit} = {Sum(update.Terms)};");
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var update in kernel.Updates)
            writer.Line($"parameter = {Vector}.FusedMultiplyAdd(new{update.Unit}, l{update.Unit}, parameter);");
        writer.Line();
        foreach (var update in kernel.Updates)
            writer.Line($"{Vector}.StoreUnsafe(new{update.Unit}, ref M{update.Unit}, i);");
        writer.Line($"{Vector}.StoreUnsafe(parameter, ref θ, i);");
    }

    private static void PrintSums(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"sums[{update.Unit}] += {Vector}.Sum(c{update.Unit});");
        writer.Line($"sums[{kernel.Updates.Count}] += {Vector}.Sum(γ);");
    }

    private static string Sum(EquatableArray<Term> terms) => terms.Skip(1).Aggregate(First(terms[0]), (sum, term) => term.Operation switch
    {
        TermOperation.Add => $"{sum} + {term.Source}",
        TermOperation.Subtract => $"{sum} - {term.Source}",
        _ => $"{Vector}.FusedMultiplyAdd({term.Source}, {term.Coefficient}, {sum})",
    });

    private static string First(Term term) => term.Operation switch
    {
        TermOperation.Add => term.Source,
        TermOperation.Subtract => $"-{term.Source}",
        _ => $"{term.Source} * {term.Coefficient}",
    };
}
