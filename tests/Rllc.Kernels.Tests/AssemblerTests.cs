namespace Rllc.Kernels.Tests;

/// <summary>Holds the kernels to what makes them fast, as far as NVIDIA's assembler can tell it without a GPU.</summary>
public class AssemblerTests
{
    public static TheoryData<Type, MemoryFormat, string> Modules
    {
        get
        {
            var modules = new TheoryData<Type, MemoryFormat, string>();
            foreach (var optimizer in typeof(Declared).GetNestedTypes())
                foreach (var format in Enum.GetValues<MemoryFormat>())
                    foreach (var architecture in PtxAssembler.Architectures(format))
                        modules.Add(optimizer, format, architecture);
            return modules;
        }
    }

    [SkippableTheory, MemberData(nameof(Modules))]
    public async Task Threads_keep_to_registers_what_they_use_in_a_loop(Type optimizer, MemoryFormat format, string architecture)
    {
        Skip.IfNot(PtxAssembler.IsFound, PtxAssembler.WhereMissing);
        var kernels = await PtxAssembler.AssembleAsync(PtxCompiler.Compile(optimizer.GetNestedType("DeviceKernels")!, format), architecture);
        Assert.Equal(StepPtx.Entries.Order(StringComparer.Ordinal), kernels.Select(kernel => kernel.Name));
        // Where one more group fits for it, the assembler keeps some of the sums over chunks in memory, which are touched once a chunk.
        var sums = (optimizer.GetNestedType("LearningLaw")!.GetProperties().Length + 1) * sizeof(double);
        Assert.All(kernels, kernel => Assert.InRange(kernel.StackBytes, 0, kernel.Name.StartsWith("Project", StringComparison.Ordinal) ? sums : 0));
    }

    // 65536 registers for 1280 threads: five groups, enough of them to hide the memory's latency behind one another.
    [SkippableTheory]
    [InlineData(typeof(Declared.Momentum))]
    [InlineData(typeof(Declared.MomentumMix))]
    [InlineData(typeof(Declared.SecondOrder))]
    [InlineData(typeof(Declared.Wave))]
    public async Task Advance_of_one_or_two_units_lets_a_GPU_run_five_groups(Type optimizer)
    {
        Skip.IfNot(PtxAssembler.IsFound, PtxAssembler.WhereMissing);
        var kernels = await PtxAssembler.AssembleAsync(PtxCompiler.Compile(optimizer.GetNestedType("DeviceKernels")!, MemoryFormat.Float32), "sm_80");
        Assert.InRange(kernels.Single(kernel => kernel.Name == "Advance").Registers, 1, 48);
    }
}
