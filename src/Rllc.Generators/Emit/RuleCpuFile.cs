namespace Rllc.Generators;

/// <summary>Prints the kernels of a memory rule for the CPU: loads, the rule itself, the step of θ, stores.</summary>
internal static class RuleCpuFile
{
    public static string Print(RulePlan plan) => CpuFile.Print(plan, writer => PrintKernels(writer, plan));

    private static void PrintKernels(SourceWriter writer, RulePlan plan)
    {
        var units = plan.State.Take(plan.Units.Count).ToList();
        var old = units.ConvertAll(Kept);
        if (plan.IsFixed)
            PrintUnused(writer, CpuFile.Project);
        else
            CpuPass.PrintProject(writer, old, PrintPlace, () => PrintLoads(writer, plan, units));
        writer.Line();
        CpuPass.PrintAdvance(
            writer, () => PrintCoefficients(writer, plan), PrintPlace, () => PrintLoads(writer, plan, plan.Read.Select(argument => argument.Name)), () => PrintStep(writer, plan, areLoaded: false));
        writer.Line();
        if (plan.IsFixed)
            PrintUnused(writer, CpuFile.ProjectAndAdvance);
        else
            CpuPass.PrintProjectAndAdvance(
                writer, old, () => PrintCoefficients(writer, plan), PrintPlace, () => PrintLoads(writer, plan, plan.State), () => PrintStep(writer, plan, areLoaded: true));

        void PrintPlace()
        {
            if (plan.State.Count > 0)
                CpuPass.PrintPlace(writer, plan.State.Count, "number that is kept");
        }
    }

    private static void PrintUnused(SourceWriter writer, string kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        writer.Line($"{kernel} => throw new global::System.NotSupportedException(\"The law is fixed: it learns of no sums.\");");
    }

    private static void PrintCoefficients(SourceWriter writer, RulePlan plan)
    {
        if (plan.Methods.Prepare is { } prepare)
        {
            var numbers = plan.Methods.Numbers;
            writer.Line($"{prepare}(step.Step{string.Concat(numbers.Select(number => $", out var {Value(number)}"))});");
            foreach (var number in plan.Methods.Arguments.Where(argument => argument.Kind == RuleArgumentKind.Number))
                writer.Line($"var {Local(number.Name)} = TLanes.Create({Value(number.Name)});");
        }

        CpuPass.PrintFactors(writer, plan.Units.Count, hasMemory: plan.State.Count > 0);
    }

    private static void PrintLoads(SourceWriter writer, RulePlan plan, IEnumerable<string> names)
    {
        foreach (var name in names)
            writer.Line($"var {Kept(name)} = TElement.Load<TLanes>(ref M, {CpuPass.Place(plan.PlaceOf(name))});");
    }

    /// <summary>Prints the call of the rule.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="plan">The optimizer.</param>
    /// <param name="areLoaded">Whether units that are made afresh have been loaded, for the sums.</param>
    /// <param name="number">An expression for a number of the step.</param>
    public static void PrintRule(SourceWriter writer, RulePlan plan, bool areLoaded, Func<string, string> number)
    {
        var arguments = plan.Methods.Arguments.Select(argument => argument.Kind switch
        {
            RuleArgumentKind.Number => number(argument.Name),
            RuleArgumentKind.NewUnit => $"out {(areLoaded ? "" : "var ")}{Kept(argument.Name)}",
            _ => $"ref {Kept(argument.Name)}",
        });
        writer.Line($"{plan.Methods.Rule}({string.Join(", ", arguments.Prepend("gradient"))});");
    }

    private static void PrintStep(SourceWriter writer, RulePlan plan, bool areLoaded)
    {
        PrintRule(writer, plan, areLoaded, Local);
        writer.Line();
        writer.Line($"// θ ← θ − c₁ML");
        foreach (var (unit, index) in plan.Methods.Units.Select((unit, index) => (unit, index)))
            writer.Line($"parameter = TLanes.FusedMultiplyAdd({Kept(unit.Name)}, l{index}, parameter);");
        writer.Line();
        foreach (var name in plan.State)
            writer.Line($"TElement.Store({Kept(name)}, ref M, {CpuPass.Place(plan.PlaceOf(name))}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
    }

    /// <summary>The name of what is kept, prefixed, so that no name of the author's is one of the kernel's own.</summary>
    public static string Kept(string name) => $"its_{name}";

    /// <summary>The name of a number of the step, likewise.</summary>
    public static string Value(string number) => $"number_{number}";

    private static string Local(string number) => $"all_{number}";
}
