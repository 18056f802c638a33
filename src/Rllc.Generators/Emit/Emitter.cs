namespace Rllc.Generators;

/// <summary>Emit, the last stage: prints the files of a plan, one for each concern, and decides nothing.</summary>
internal static class Emitter
{
    /// <summary>The hint names and texts of the files that every consumer gets.</summary>
    public static IEnumerable<(string HintName, string Text)> Files(ClassPlan plan) => plan switch
    {
        OptimizerPlan optimizer =>
        [
            ($"{plan.HintName}.Memory.g.cs", MemoryFile.Print(optimizer)),
            plan.Host == Host.Torch
                ? ($"{plan.HintName}.Torch.g.cs", TorchFile.Print(optimizer))
                : ($"{plan.HintName}.Optimizer.g.cs", OptimizerFile.Print(optimizer)),
            ($"{plan.HintName}.Cpu.g.cs", CpuFile.Print(optimizer)),
            .. optimizer.Given is { } given ? new[] { ($"{plan.HintName}.Given.g.cs", GivenFile.Print(optimizer, given)) } : [],
        ],
        RulePlan rule =>
        [
            ($"{plan.HintName}.Rule.g.cs", RuleFile.Print(rule)),
            plan.Host == Host.Torch
                ? ($"{plan.HintName}.Torch.g.cs", TorchFile.Print(rule))
                : ($"{plan.HintName}.Optimizer.g.cs", OptimizerFile.Print(rule)),
            ($"{plan.HintName}.Cpu.g.cs", RuleCpuFile.Print(rule)),
        ],
        StubPlan stub => [($"{plan.HintName}.Stub.g.cs", StubFile.Print(stub))],
        _ => throw new NotSupportedException(plan.GetType().Name),
    };

    /// <summary>The hint names and texts of the files for devices, which need Rllc.Kernels.</summary>
    public static IEnumerable<(string HintName, string Text)> DeviceFiles(ClassPlan plan) => plan switch
    {
        OptimizerPlan optimizer =>
        [
            ($"{plan.HintName}.Kernels.g.cs", KernelsFile.Print(optimizer)),
            ($"{plan.HintName}.Device.g.cs", DeviceFile.Print(optimizer)),
        ],
        RulePlan rule =>
        [
            ($"{plan.HintName}.Kernels.g.cs", RuleKernelsFile.Print(rule)),
            ($"{plan.HintName}.Device.g.cs", DeviceFile.Print(rule)),
        ],
        StubPlan stub => [($"{plan.HintName}.DeviceStub.g.cs", DeviceStubFile.Print(stub))],
        _ => throw new NotSupportedException(plan.GetType().Name),
    };

    /// <summary>Likewise of an Adam or one of its kin.</summary>
    public static IEnumerable<(string HintName, string Text)> DeviceFiles(MomentPlan plan) =>
    [
        ($"{plan.HintName}.Kernels.g.cs", MomentKernelsFile.Print(plan)),
        ($"{plan.HintName}.Device.g.cs", MomentDeviceFile.Print(plan)),
    ];

    /// <summary>The hint names and texts of the files of an Adam or one of its kin.</summary>
    public static IEnumerable<(string HintName, string Text)> Files(MomentPlan plan) =>
    [
        plan.Host == Host.Torch
            ? ($"{plan.HintName}.Torch.g.cs", MomentTorchFile.Print(plan))
            : ($"{plan.HintName}.Optimizer.g.cs", MomentFile.Print(plan)),
        ($"{plan.HintName}.Cpu.g.cs", MomentCpuFile.Print(plan)),
    ];
}
