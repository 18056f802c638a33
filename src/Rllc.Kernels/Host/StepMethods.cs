using Rllc.Spec;

namespace Rllc.Kernels;

/// <summary>The kernels of a step of a memory with a law: three of the optimizer's class and four of the law.</summary>
internal sealed class StepMethods : KernelMethods
{
    private readonly string _optimizer;
    private readonly MemoryRule _memory;

    /// <summary>Reads what the class is marked with.</summary>
    /// <param name="kernels">The class of an optimizer's kernels.</param>
    /// <param name="mark">Its mark.</param>
    /// <exception cref="ArgumentException">It is marked with a spec that is none.</exception>
    public StepMethods(Type kernels, StepKernelsAttribute mark) : base(kernels, typeof(SolveKernels), typeof(StepViews))
    {
        _optimizer = mark.Optimizer;
        try
        {
            _memory = LinearMemory.Parse(mark.Spec);
        }
        catch (SpecException e)
        {
            throw new ArgumentException($"'{kernels.FullName}' is marked with the spec '{mark.Spec}', which is none: {e.Message}", nameof(kernels), e);
        }
    }

    /// <summary>Reads what the class of a memory rule is marked with.</summary>
    /// <param name="kernels">The class of an optimizer's kernels.</param>
    /// <param name="mark">Its mark.</param>
    public StepMethods(Type kernels, RuleKernelsAttribute mark) : base(kernels, typeof(SolveKernels), typeof(StepViews)) =>
        (_optimizer, _memory) = (mark.Optimizer, mark.Memory);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Entries => StepPtx.Entries;

    /// <inheritdoc/>
    public override IReadOnlyList<MemoryFormat> Formats => Enum.GetValues<MemoryFormat>();

    /// <inheritdoc/>
    public override byte[] Compose(MemoryFormat format, string module) => StepPtx.Compose(_optimizer, _memory, format, module);
}
