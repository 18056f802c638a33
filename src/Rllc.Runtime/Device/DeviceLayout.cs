using System.Collections.Immutable;

namespace Rllc;

/// <summary>How a memory with a law and some tensors lie on a device, and the sums that its law sees.</summary>
internal sealed class DeviceLayout : TensorLayout
{
    /// <summary>The most units that the law's kernels have scratch memory for.</summary>
    public const int MostUnits = 16;

    /// <summary>Lays out tensors of the given numbers of elements.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="lengths">The tensors' numbers of elements.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="mostGroups">Most groups of a pass, at least 1.</param>
    /// <exception cref="NotSupportedException">The memory has more than <see cref="MostUnits"/> units.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or they are more than 2⁴⁰ together.</exception>
    public DeviceLayout(MemoryRule memory, ReadOnlySpan<long> lengths, MemoryFormat format, int mostGroups = MostGroups)
        : base(CheckedStateCount(memory), SumCountOf(memory.UnitCount), lengths, format, mostGroups)
    {
        Memory = memory;
        if ((memory as LinearMemory)?.RoundedToSingle() is { } rounded)
            (B, a) = (rounded.B.ToRowMajor(), rounded.a);
    }

    /// <summary>The memory.</summary>
    public MemoryRule Memory { get; }

    /// <summary>B of a linear memory as the kernels have it, in float32; k×k, row by row. Of any other nothing: G has no recurrence then.</summary>
    public double[] B { get; } = [];

    /// <summary>a, likewise.</summary>
    public ImmutableArray<double> a { get; } = [];

    // c, γ and the pairs of the exact Gram matrix.
    private static int SumCountOf(int unitCount) => unitCount + 1 + ExactGram.PairCount(unitCount);

    private static int CheckedStateCount(MemoryRule memory) => memory.UnitCount <= MostUnits
        ? memory.StateNames.Length
        : throw new NotSupportedException(FormattableString.Invariant(
            $"The law's kernels have room for {MostUnits} units; this memory has {memory.UnitCount}. The CPU's optimizer takes any number."));
}
