namespace Rllc.Generators;

/// <summary>Prints the kernels of a memory rule for the CPU: loads, the rule itself, the step of θ, stores.</summary>
internal static class RuleCpuFile
{
    public static string Print(RulePlan plan) => CpuFile.Print(plan, writer =>
    {
        if (plan.IsFixed)
        {
            PrintUnused(writer, CpuFile.Project);
            writer.Line();
            PrintAdvance(writer, plan);
            writer.Line();
            PrintUnused(writer, CpuFile.ProjectAndAdvance);
        }
        else
        {
            PrintProject(writer, plan);
            writer.Line();
            PrintAdvance(writer, plan);
            writer.Line();
            PrintProjectAndAdvance(writer, plan);
        }
    });

    private static void PrintUnused(SourceWriter writer, string kernel)
    {
        writer.Line($"/// <inheritdoc/>");
        writer.Line($"{kernel} => throw new global::System.NotSupportedException(\"The law is fixed: it learns of no sums.\");");
    }

    private static void PrintProject(SourceWriter writer, RulePlan plan)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{CpuFile.Project}"))
        {
            PrintAccumulators(writer, plan);
            writer.Line();
            using (OpenLoop(writer, plan))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i);");
                for (var unit = 0; unit < plan.Units.Count; unit++)
                    PrintLoad(writer, plan, plan.State[unit]);
                writer.Line();
                PrintProjection(writer, plan);
            }

            writer.Line();
            PrintSums(writer, plan);
        }
    }

    private static void PrintAdvance(SourceWriter writer, RulePlan plan)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{CpuFile.Advance}"))
        {
            PrintCoefficients(writer, plan);
            writer.Line();
            using (OpenLoop(writer, plan))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i) * scale;");
                foreach (var argument in plan.Read)
                    PrintLoad(writer, plan, argument.Name);
                writer.Line($"var parameter = TLanes.Load(ref θ, i) * decay;");
                writer.Line();
                PrintStep(writer, plan, areLoaded: false);
            }
        }
    }

    private static void PrintProjectAndAdvance(SourceWriter writer, RulePlan plan)
    {
        writer.Line($"/// <inheritdoc/>");
        using (writer.Open($"{CpuFile.ProjectAndAdvance}"))
        {
            PrintCoefficients(writer, plan);
            PrintAccumulators(writer, plan);
            writer.Line();
            using (OpenLoop(writer, plan))
            {
                writer.Line($"var gradient = TLanes.Load(ref g, i);");
                foreach (var name in plan.State)
                    PrintLoad(writer, plan, name);
                writer.Line($"var parameter = TLanes.Load(ref θ, i) * decay;");
                writer.Line();
                PrintProjection(writer, plan);
                writer.Line();
                writer.Line($"gradient *= scale;");
                writer.Line();
                PrintStep(writer, plan, areLoaded: true);
            }

            writer.Line();
            PrintSums(writer, plan);
        }
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

        writer.Line($"var scale = TLanes.Create(step.GradientScale);");
        writer.Line($"var decay = TLanes.Create(step.Decay);");
        writer.Line($"// l = −c₁L");
        for (var unit = 0; unit < plan.Units.Count; unit++)
            writer.Line($"var l{unit} = TLanes.Create(step.Law[{unit}]);");
        if (plan.State.Count > 0)
            writer.Line($"var dither = step.Dither;");
    }

    private static void PrintAccumulators(SourceWriter writer, RulePlan plan)
    {
        for (var unit = 0; unit < plan.Units.Count; unit++)
            writer.Line($"var c{unit} = TLanes.Zero;");
        writer.Line($"var γ = TLanes.Zero;");
    }

    private static SourceWriter.Block OpenLoop(SourceWriter writer, RulePlan plan)
    {
        var block = writer.Open($"for (nint i = 0; i < count; i += TLanes.Count)");
        if (plan.State.Count > 0)
            CpuFile.PrintPlace(writer, plan.State.Count, "number that is kept");
        return block;
    }

    private static void PrintLoad(SourceWriter writer, RulePlan plan, string name) =>
        writer.Line($"var {Kept(name)} = TElement.Load<TLanes>(ref M, {CpuFile.Place(plan.PlaceOf(name))});");

    private static void PrintProjection(SourceWriter writer, RulePlan plan)
    {
        writer.Line($"// c ← c + Mᵀg, γ ← γ + g·g");
        for (var unit = 0; unit < plan.Units.Count; unit++)
            writer.Line($"c{unit} = TLanes.FusedMultiplyAdd({Kept(plan.State[unit])}, gradient, c{unit});");
        writer.Line($"γ = TLanes.FusedMultiplyAdd(gradient, gradient, γ);");
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
            writer.Line($"TElement.Store({Kept(name)}, ref M, {CpuFile.Place(plan.PlaceOf(name))}, dither);");
        writer.Line($"parameter.Store(ref θ, i);");
    }

    private static void PrintSums(SourceWriter writer, RulePlan plan)
    {
        for (var unit = 0; unit < plan.Units.Count; unit++)
            writer.Line($"sums[{unit}] += c{unit}.Sum();");
        writer.Line($"sums[{plan.Units.Count}] += γ.Sum();");
    }

    /// <summary>The name of what is kept, prefixed, so that no name of the author's is one of the kernel's own.</summary>
    public static string Kept(string name) => $"its_{name}";

    /// <summary>The name of a number of the step, likewise.</summary>
    public static string Value(string number) => $"number_{number}";

    private static string Local(string number) => $"all_{number}";
}
