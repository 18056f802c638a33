using System.Collections.Immutable;

namespace Rllc;

/// <summary>How a linear memory and some tensors lie on a device, and the sums that its law sees.</summary>
internal sealed class DeviceLayout : TensorLayout
{
    /// <summary>The most units that the law's kernels have scratch memory for.</summary>
    public const int MostUnits = 16;

    /// <summary>Lays out tensors of the given numbers of elements.</summary>
    /// <param name="memory">B, a and what follows from them.</param>
    /// <param name="lengths">The tensors' numbers of elements.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="mostGroups">Most groups of a pass, at least 1.</param>
    /// <exception cref="NotSupportedException">The memory has more than <see cref="MostUnits"/> units.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or they are more than 2⁴⁰ together.</exception>
    public DeviceLayout(LinearMemory memory, ReadOnlySpan<long> lengths, MemoryFormat format, int mostGroups = MostGroups)
        : base(CheckedUnitCount(memory), SumCountOf(memory.UnitCount), lengths, format, mostGroups)
    {
        LinearMemory = memory;
        var rounded = memory.RoundedToSingle();
        (B, a) = (rounded.B.ToRowMajor(), rounded.a);
    }

    /// <summary>B, a and what follows from them.</summary>
    public LinearMemory LinearMemory { get; }

    /// <summary>B as the kernels have it, in float32; k×k, row by row.</summary>
    public double[] B { get; }

    /// <summary>a, likewise.</summary>
    public ImmutableArray<double> a { get; }

    // c, γ and the pairs of the exact Gram matrix.
    private static int SumCountOf(int unitCount) => unitCount + 1 + ExactGram.PairCount(unitCount);

    private static int CheckedUnitCount(LinearMemory memory) => memory.UnitCount <= MostUnits
        ? memory.UnitCount
        : throw new NotSupportedException(FormattableString.Invariant(
            $"The law's kernels have room for {MostUnits} units; this memory has {memory.UnitCount}. The CPU's optimizer takes any number."));
}
