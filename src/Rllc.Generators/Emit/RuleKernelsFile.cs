namespace Rllc.Generators;

/// <summary>Prints the kernels of a memory rule for devices: loads, the rule itself, the step of θ, stores.</summary>
internal static class RuleKernelsFile
{
    public static string Print(RulePlan plan) => PartialClass.PrintForDevices(plan.Type, writer =>
    {
        using (writer.Open($"partial class {plan.Type.Name}"))
        using (DevicePass.OpenClass(writer, Mark(plan)))
            PrintKernels(writer, plan);
    });

    private static void PrintKernels(SourceWriter writer, RulePlan plan)
    {
        var units = plan.Units.Count;
        // A fixed law asks for γ alone: for the norm.
        var summed = plan.IsFixed ? [] : plan.State.Take(units).ToList();
        var old = summed.ConvertAll(RuleCpuFile.Kept);
        DevicePass.PrintProject(writer, units, old, width => PrintLoads(writer, plan, summed, _ => "var", width));
        writer.Line();
        DevicePass.PrintAdvance(
            writer,
            units,
            Number,
            () => PrintCoefficients(writer, plan, "step.StepCount"),
            width => PrintLoads(writer, plan, plan.Read.Select(argument => argument.Name), Number, width),
            width => PrintStep(writer, plan, width, areLoaded: false));
        writer.Line();
        if (plan.IsFixed)
        {
            using (DevicePass.OpenProjectAndAdvance(writer))
                writer.Line($"// Nothing: the law is fixed, and no step takes it this way.");
            return;
        }

        DevicePass.PrintProjectAndAdvance(
            writer,
            Number,
            old,
            // The step is not counted yet.
            () => PrintCoefficients(writer, plan, "step.StepCount + 1"),
            width => PrintLoads(writer, plan, plan.State, Number, width),
            width => PrintStep(writer, plan, width, areLoaded: true));
    }

    private static string Mark(RulePlan plan)
    {
        var (units, state) = (OptimizerFile.Names(plan.Units.Select(unit => unit.Name)), OptimizerFile.Names(plan.State));
        return $"global::Rllc.Kernels.RuleKernels({Literals.String(plan.Type.MetadataName)}, {units}, {state}, {Literals.String(plan.Methods.Digest)})";
    }

    private static void PrintCoefficients(SourceWriter writer, RulePlan plan, string count)
    {
        if (plan.Methods.Prepare is { } prepare)
            PrintNumbers(writer, plan, prepare, count);
        writer.Line($"var scale = step.GradientScale;");
    }

    // By one thread of a group: float64 is slow on many devices.
    private static void PrintNumbers(SourceWriter writer, RulePlan plan, string prepare, string count)
    {
        var numbers = plan.Methods.Numbers;
        writer.Line($"var numbers = global::ILGPU.SharedMemory.Allocate<float>({numbers.Count});");
        writer.Line($"if (thread == 0)");
        writer.Line($"    {prepare}({count}{string.Concat(numbers.Select((_, index) => $", out numbers[{index}]"))});");
        writer.Line($"global::ILGPU.Group.Barrier();");
        foreach (var (number, index) in numbers.Select((number, index) => (number, index)))
            if (plan.Methods.Arguments.Any(argument => argument.Kind == RuleArgumentKind.Number && argument.Name == number))
                writer.Line($"var {RuleCpuFile.Value(number)} = numbers[{index}];");
    }

    private static void PrintLoads(SourceWriter writer, RulePlan plan, IEnumerable<string> names, Func<string, string> type, string width)
    {
        foreach (var name in names)
            writer.Line($"{type(width)} {RuleCpuFile.Kept(name)} = chunk.LoadUnit{width}<TElement>({plan.PlaceOf(name)}, i);");
    }

    private static void PrintStep(SourceWriter writer, RulePlan plan, string width, bool areLoaded)
    {
        RuleCpuFile.PrintRule(writer, plan, areLoaded, number => $"{Number(width)}.Create({RuleCpuFile.Value(number)})");
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var (unit, index) in plan.Methods.Units.Select((unit, index) => (unit, index)))
            writer.Line($"parameter += {RuleCpuFile.Kept(unit.Name)} * l{index};");
        writer.Line();
        foreach (var name in plan.State)
            writer.Line($"chunk.StoreUnit{width}<TElement>({plan.PlaceOf(name)}, i, {RuleCpuFile.Kept(name)});");
        writer.Line($"chunk.StoreParameter{width}(i, parameter);");
    }

    // What the rule is generic in.
    private static string Number(string width) => $"global::Rllc.Kernels.Float{(width.Length == 0 ? "1" : width)}";
}
