namespace Rllc.Generators;

/// <summary>Emit, the last stage: prints the files of a plan, one for each concern, and decides nothing.</summary>
internal static class Emitter
{
    /// <summary>The hint names and texts of a plan's files.</summary>
    public static IEnumerable<(string HintName, string Text)> Files(ClassPlan plan) => plan switch
    {
        OptimizerPlan optimizer =>
        [
            ($"{plan.HintName}.Memory.g.cs", MemoryFile.Print(optimizer)),
            ($"{plan.HintName}.Optimizer.g.cs", OptimizerFile.Print(optimizer)),
            ($"{plan.HintName}.Cpu.g.cs", CpuFile.Print(optimizer)),
        ],
        StubPlan stub => [($"{plan.HintName}.Stub.g.cs", StubFile.Print(stub))],
        _ => throw new NotSupportedException(plan.GetType().Name),
    };
}
