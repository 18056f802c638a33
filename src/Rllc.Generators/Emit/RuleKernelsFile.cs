using static Rllc.Generators.DevicePass;

namespace Rllc.Generators;

/// <summary>Prints the kernels of a memory rule for devices: loads, the rule itself, the step of θ, stores.</summary>
internal static class RuleKernelsFile
{
    public static string Print(RulePlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        using (OpenClass(writer, Mark(plan)))
        {
            PrintProject(writer, plan);
            writer.Line();
            PrintAdvance(writer, plan);
            writer.Line();
            PrintProjectAndAdvance(writer, plan);
        }
    });

    private static string Mark(RulePlan plan)
    {
        var (units, state) = (OptimizerFile.Names(plan.Units.Select(unit => unit.Name)), OptimizerFile.Names(plan.State));
        return $"global::Rllc.Kernels.RuleKernels({Literals.String(plan.Type.MetadataName)}, {units}, {state}, {Literals.String(plan.Methods.Digest)})";
    }

    // A fixed law asks for γ alone: for the norm.
    private static void PrintProject(SourceWriter writer, RulePlan plan)
    {
        var units = plan.Units.Count;
        using (OpenProject(writer))
        {
            PrintThreads(writer);
            PrintTotals(writer, units);
            writer.Line();
            using (OpenChunks(writer))
            {
                if (!plan.IsFixed)
                    PrintGram(writer, units);
                PrintAccumulators(writer, plan.IsFixed ? 0 : units);
                PrintLoops(writer, width =>
                {
                    writer.Line($"var gradient = chunk.LoadGradient{width}(i);");
                    if (!plan.IsFixed)
                        PrintLoads(writer, plan, plan.State.Take(units), width);
                    writer.Line();
                    PrintProjection(writer, OldUnits(plan));
                });
                writer.Line();
                if (plan.IsFixed)
                    writer.Line($"sum{units} += γ;");
                else
                    PrintAddition(writer, units);
            }

            writer.Line();
            PrintGroupSums(writer, units);
        }
    }

    private static void PrintAdvance(SourceWriter writer, RulePlan plan)
    {
        using (OpenAdvance(writer))
        {
            PrintThreads(writer);
            PrintNumbers(writer, plan, "step.StepCount");
            writer.Line($"var scale = step.GradientScale;");
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintRates(writer, plan.Units.Count);
                PrintLoops(writer, width =>
                {
                    writer.Line($"{Number(width)} gradient = chunk.LoadGradient{width}(i) * scale;");
                    PrintNumberLoads(writer, plan, plan.Read.Select(argument => argument.Name), width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintStep(writer, plan, width, isLoaded: argument => argument.Kind != RuleArgumentKind.NewUnit);
                });
            }
        }
    }

    private static void PrintProjectAndAdvance(SourceWriter writer, RulePlan plan)
    {
        var units = plan.Units.Count;
        using (OpenProjectAndAdvance(writer))
        {
            if (plan.IsFixed)
            {
                writer.Line($"// Nothing: the law is fixed, and no step takes it this way.");
                return;
            }

            PrintThreads(writer);
            // The step is not counted yet.
            PrintNumbers(writer, plan, "step.StepCount + 1");
            writer.Line($"var scale = step.GradientScale;");
            PrintTotals(writer, units);
            writer.Line();
            using (OpenChunks(writer))
            {
                PrintRates(writer, units);
                PrintGram(writer, units);
                PrintAccumulators(writer, units);
                PrintLoops(writer, width =>
                {
                    writer.Line($"{Number(width)} gradient = chunk.LoadGradient{width}(i);");
                    PrintNumberLoads(writer, plan, plan.State, width);
                    writer.Line($"var parameter = chunk.LoadParameter{width}(i) * decay;");
                    writer.Line();
                    PrintProjection(writer, OldUnits(plan));
                    writer.Line();
                    writer.Line($"gradient *= scale;");
                    writer.Line();
                    PrintStep(writer, plan, width, isLoaded: _ => true);
                });
                writer.Line();
                PrintAddition(writer, units);
            }

            writer.Line();
            PrintGroupSums(writer, units);
        }
    }

    // By one thread of a group: float64 is slow on many devices.
    private static void PrintNumbers(SourceWriter writer, RulePlan plan, string count)
    {
        if (plan.Methods.Prepare is not { } prepare)
            return;
        var numbers = plan.Methods.Numbers;
        writer.Line($"var numbers = global::ILGPU.SharedMemory.Allocate<float>({numbers.Count});");
        writer.Line($"if (thread == 0)");
        writer.Line($"    {prepare}({count}{string.Concat(numbers.Select((_, index) => $", out numbers[{index}]"))});");
        writer.Line($"global::ILGPU.Group.Barrier();");
        foreach (var (number, index) in numbers.Select((number, index) => (number, index)))
            if (plan.Methods.Arguments.Any(argument => argument.Kind == RuleArgumentKind.Number && argument.Name == number))
                writer.Line($"var {Value(number)} = numbers[{index}];");
    }

    private static IEnumerable<string> OldUnits(RulePlan plan) => plan.IsFixed ? [] : plan.State.Take(plan.Units.Count).Select(Kept);

    private static void PrintLoads(SourceWriter writer, RulePlan plan, IEnumerable<string> names, string width)
    {
        foreach (var name in names)
            PrintLoad(writer, Kept(name), plan.PlaceOf(name), width);
    }

    private static void PrintNumberLoads(SourceWriter writer, RulePlan plan, IEnumerable<string> names, string width)
    {
        foreach (var name in names)
            writer.Line($"{Number(width)} {Kept(name)} = chunk.LoadUnit{width}<TElement>({plan.PlaceOf(name)}, i);");
    }

    private static void PrintStep(SourceWriter writer, RulePlan plan, string width, Func<RuleArgument, bool> isLoaded)
    {
        var arguments = plan.Methods.Arguments.Select(argument => argument.Kind switch
        {
            RuleArgumentKind.Number => $"{Number(width)}.Create({Value(argument.Name)})",
            RuleArgumentKind.NewUnit => $"out {(isLoaded(argument) ? "" : "var ")}{Kept(argument.Name)}",
            _ => $"ref {Kept(argument.Name)}",
        });
        writer.Line($"{plan.Methods.Rule}({string.Join(", ", arguments.Prepend("gradient"))});");
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var (unit, index) in plan.Methods.Units.Select((unit, index) => (unit, index)))
            writer.Line($"parameter += {Kept(unit.Name)} * l{index};");
        writer.Line();
        foreach (var name in plan.State)
            writer.Line($"chunk.StoreUnit{width}<TElement>({plan.PlaceOf(name)}, i, {Kept(name)});");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
    }

    // What the rule is generic in.
    private static string Number(string width) => $"global::Rllc.Kernels.Float{(width.Length == 0 ? "1" : width)}";

    // Prefixed, so that no name of the author's is one of the kernel's own.
    private static string Kept(string name) => $"its_{name}";

    private static string Value(string number) => $"number_{number}";
}
