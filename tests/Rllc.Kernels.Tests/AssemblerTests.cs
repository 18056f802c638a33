namespace Rllc.Kernels.Tests;

/// <summary>Holds the kernels to what makes them fast, as far as it can be seen without a GPU.</summary>
public class AssemblerTests
{
    [SkippableTheory]
    [InlineData("sm_80", MemoryFormat.Float32)]
    [InlineData("sm_80", MemoryFormat.BFloat16)]
    [InlineData("sm_80", MemoryFormat.BFloat16Stochastic)]
    [InlineData("sm_90", MemoryFormat.Float32)]
    [InlineData("sm_90", MemoryFormat.BFloat16)]
    [InlineData("sm_90", MemoryFormat.BFloat16Stochastic)]
    public async Task Every_kernel_fits_the_registers_without_stack_or_spills(string architecture, MemoryFormat format)
    {
        Skip.IfNot(PtxAssembler.IsFound, PtxAssembler.WhereMissing);
        var kernels = await PtxAssembler.AssembleAsync(PtxCompiler.Compile(typeof(MomentumMixByHand), format), architecture);
        Assert.Equal(StepPtx.Entries.Order(StringComparer.Ordinal), kernels.Select(kernel => kernel.Name));
        Assert.All(kernels, kernel => Assert.Equal((0, 0), (kernel.StackBytes, kernel.SpillBytes)));
        // Three groups of 256 threads share 65536 registers: enough of them to hide the memory's latency behind one another.
        Assert.All(kernels, kernel => Assert.InRange(kernel.Registers, 1, 80));
    }
}
