namespace Rllc.Generators;

/// <summary>
/// Prints what stands for an optimizer whose memory has an error: the code around it compiles, so that this error is the only
/// one to be seen, and whatever is called throws it.
/// </summary>
internal static class StubFile
{
    public static string Print(StubPlan plan) => PartialClass.Print(plan.Type, writer =>
    {
        writer.Line($"/// <summary>No optimizer: its memory has an error.</summary>");
        using (writer.Open($"partial class {plan.Type.Name} : {(plan.Host == Host.Torch ? "global::Rllc.TorchOptimizer" : "global::Rllc.Optimizer")}"))
        {
            PrintConstants(writer);
            writer.Line();
            if (plan.Host == Host.Torch)
                TorchFile.PrintConstructors(writer, plan.Type.Name, "DeclaredMemory");
            else
                OptimizerFile.PrintConstructors(writer, plan.Type.Name);
            writer.Line();
            PrintThrowing(writer, $"public dynamic Law");
            if (plan.Host == Host.Torch)
            {
                writer.Line();
                PrintThrowing(writer, $"public dynamic LawOf(int law)");
            }

            writer.Line();
            OptimizerFile.PrintOptions(writer, plan);
            writer.Line();
            foreach (var member in plan.Host == Host.Torch ? [TorchFile.CreateOnCpu] : new[] { CpuFile.Project, CpuFile.Advance, CpuFile.ProjectAndAdvance })
            {
                writer.Line($"/// <inheritdoc/>");
                writer.Line($"{member} => throw Error();");
                writer.Line();
            }

            if (plan.IsGiven)
                PrintGiven(writer);
            foreach (var signature in plan.Rule ?? default)
            {
                RuleFile.PrintSignature(writer, signature);
                writer.Line();
            }

            writer.Line($"private static global::Rllc.LinearMemory DeclaredMemory => throw Error();");
            writer.Line();
            writer.Line($"private static global::System.InvalidOperationException Error() =>");
            writer.Line($"    new global::System.InvalidOperationException({plan.Error});");
        }
    });

    private static void PrintGiven(SourceWriter writer)
    {
        foreach (var member in new[] { GivenFile.Q, GivenFile.PseudoInverse, GivenFile.FromGivenLaw, GivenFile.ToGivenLaw })
        {
            PrintThrowing(writer, $"{member}");
            writer.Line();
        }
    }

    private static void PrintConstants(SourceWriter writer)
    {
        writer.Line($"/// <summary>Empty: the declared memory has an error.</summary>");
        writer.Line($"public const string Spec = \"\";");
        foreach (var name in new[] { "B", "a", "S" })
        {
            writer.Line();
            PrintThrowing(writer, $"public static global::System.ReadOnlySpan<double> {name}");
        }
    }

    private static void PrintThrowing(SourceWriter writer, FormattableString property)
    {
        writer.Line($"/// <summary>Throws: the declared memory has an error.</summary>");
        writer.Line($"{property} => throw Error();");
    }
}
