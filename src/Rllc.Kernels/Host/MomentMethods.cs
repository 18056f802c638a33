namespace Rllc.Kernels;

/// <summary>The kernels of a step by moments: one of the optimizer's class and two that are the same for all.</summary>
/// <param name="kernels">The class of the optimizer's kernel.</param>
/// <param name="mark">Its mark.</param>
internal sealed class MomentMethods(Type kernels, MomentKernelsAttribute mark) : KernelMethods(kernels, typeof(MomentKernels), typeof(MomentViews))
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Entries => StepPtx.MomentEntries;

    /// <inheritdoc/>
    public override IReadOnlyList<MemoryFormat> Formats => MomentOptimizer.Formats;

    /// <inheritdoc/>
    public override byte[] Compose(MemoryFormat format, string module) => StepPtx.Compose(mark.Optimizer, mark.Formula, format, module);
}
