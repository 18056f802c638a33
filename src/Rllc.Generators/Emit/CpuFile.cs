namespace Rllc.Generators;

/// <summary>Prints the kernels for the CPU: straight-line loop bodies over Vector512&lt;float&gt;, all loads before the first store.</summary>
internal static class CpuFile
{
    public const string Project = "protected override void Project<TElement>(ref TElement M, ref float g, int count, global::System.Span<double> sums)";
    public const string Advance = "protected override void Advance<TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.StepCoefficients step)";
    public const string ProjectAndAdvance = "protected override void ProjectAndAdvance<TElement>(ref TElement M, ref float θ, ref float g, int count, in global::Rllc.StepCoefficients step, global::System.Span<double> sums)";

    // Lanes.Count of the runtime.
    private const int Lanes = 16;

    // What stands left of :: is looked up among aliases only: no type of the user can hide it.
    private const string Alias = "using Simd = global::System.Runtime.Intrinsics;";
    private const string Vector = "Simd::Vector512";
    private const string Floats = "Simd::Vector512<float>";

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
            PrintAccumulators(writer, kernel);
            writer.Line();
            using (OpenLoop(writer, kernel))
            {
                writer.Line($"var gradient = {Vector}.LoadUnsafe(ref g, (nuint)i);");
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
            PrintCoefficients(writer, kernel);
            writer.Line();
            using (OpenLoop(writer, kernel))
            {
                writer.Line($"var gradient = {Vector}.LoadUnsafe(ref g, (nuint)i) * scale;");
                foreach (var unit in kernel.OldUnits)
                    PrintLoad(writer, unit);
                writer.Line($"var parameter = {Vector}.LoadUnsafe(ref θ, (nuint)i) * decay;");
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
            PrintCoefficients(writer, kernel);
            PrintAccumulators(writer, kernel);
            writer.Line();
            using (OpenLoop(writer, kernel))
            {
                writer.Line($"var gradient = {Vector}.LoadUnsafe(ref g, (nuint)i);");
                foreach (var update in kernel.Updates)
                    PrintLoad(writer, update.Unit);
                writer.Line($"var parameter = {Vector}.LoadUnsafe(ref θ, (nuint)i) * decay;");
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

    private static void PrintCoefficients(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var coefficient in kernel.Coefficients)
            writer.Line($"var {coefficient.Name} = {Vector}.Create({coefficient.Literal});");
        writer.Line($"var scale = {Vector}.Create(step.GradientScale);");
        writer.Line($"var decay = {Vector}.Create(step.Decay);");
        writer.Line($"// l = −c₁L");
        foreach (var update in kernel.Updates)
            writer.Line($"var l{update.Unit} = {Vector}.Create(step.Law[{update.Unit}]);");
        writer.Line($"var dither = step.Dither;");
    }

    private static void PrintAccumulators(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"var c{update.Unit} = {Floats}.Zero;");
        writer.Line($"var γ = {Floats}.Zero;");
    }

    private static SourceWriter.Block OpenLoop(SourceWriter writer, KernelPlan kernel)
    {
        writer.Line($"// i goes over elements, m over M, where {Lanes} elements of each unit follow each other");
        return writer.Open($"for (nint i = 0, m = 0; i < count; i += {Lanes}, m += {Lanes * kernel.Updates.Count})");
    }

    private static void PrintLoad(SourceWriter writer, int unit) =>
        writer.Line($"var {KernelPlanner.Old(unit)} = TElement.Load(ref M, {Place(unit)});");

    private static string Place(int unit) => unit == 0 ? "m" : FormattableString.Invariant($"m + {Lanes * unit}");

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
            writer.Line($"TElement.Store(new{update.Unit}, ref M, {Place(update.Unit)}, dither);");
        writer.Line($"{Vector}.StoreUnsafe(parameter, ref θ, (nuint)i);");
    }

    private static void PrintSums(SourceWriter writer, KernelPlan kernel)
    {
        foreach (var update in kernel.Updates)
            writer.Line($"sums[{update.Unit}] += global::Rllc.Lanes.Sum(c{update.Unit});");
        writer.Line($"sums[{kernel.Updates.Count}] += global::Rllc.Lanes.Sum(γ);");
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
