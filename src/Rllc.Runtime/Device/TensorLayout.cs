namespace Rllc;

/// <summary>
/// How some tensors and what is kept for their parameters lie on a device, whichever way its kernels are started and whatever they step by:
/// what is allocated, what is uploaded once, how many groups of threads a pass has. Of a GPU it depends on the tensors' lengths alone.
/// </summary>
internal class TensorLayout
{
    /// <summary>Threads of a group.</summary>
    public const int ThreadsPerGroup = 256;

    /// <summary>Most groups of a pass on a GPU: more partial sums keep the one group that adds them up too long.</summary>
    public const int MostGroups = 2048;

    private readonly Partition _partition;

    /// <summary>Lays out tensors of the given numbers of elements.</summary>
    /// <param name="unitCount">k, numbers that are kept for each parameter.</param>
    /// <param name="sumCount">Numbers that a group of a pass sums.</param>
    /// <param name="lengths">The tensors' numbers of elements.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="mostGroups">Most groups of a pass, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or they are more than 2⁴⁰ together.</exception>
    public TensorLayout(int unitCount, int sumCount, ReadOnlySpan<long> lengths, MemoryFormat format, int mostGroups = MostGroups)
    {
        (UnitCount, SumCount, Format) = (unitCount, sumCount, format);
        _partition = new(lengths);
        Chunks = new DeviceChunk[_partition.Chunks.Length];
        for (var i = 0; i < Chunks.Length; i++)
        {
            var chunk = _partition.Chunks[i];
            Chunks[i] = new() { Tensor = chunk.Tensor, Offset = chunk.Offset, Row = chunk.Row, Count = chunk.Count };
        }
        ChunksPerGroup = Math.Max(1, (int)((Chunks.Length + (long)mostGroups - 1) / mostGroups));
        GroupCount = (Chunks.Length + ChunksPerGroup - 1) / ChunksPerGroup;
    }

    /// <summary>k.</summary>
    public int UnitCount { get; }

    /// <summary>Numbers that a group of a pass sums.</summary>
    public int SumCount { get; }

    /// <summary>What M is kept in.</summary>
    public MemoryFormat Format { get; }

    /// <summary>The tensors' numbers of elements.</summary>
    public ReadOnlySpan<long> Lengths => _partition.Lengths;

    /// <summary>n, the number of elements of all tensors.</summary>
    public long Length => _partition.Length;

    /// <summary>Rows of M: n and the padding of each chunk, a multiple of 16.</summary>
    public long Rows => _partition.Rows;

    /// <summary>The chunks, for the device.</summary>
    public DeviceChunk[] Chunks { get; }

    /// <summary>How many chunks a group works on, one after the other.</summary>
    public int ChunksPerGroup { get; }

    /// <summary>Groups of a pass; 0 where there are no elements.</summary>
    public int GroupCount { get; }

    /// <summary>Elements of all groups' sums.</summary>
    public long PartialCount => (long)GroupCount * SumCount;

    /// <summary>Bytes of a number of M.</summary>
    public int ElementBytes => Format == MemoryFormat.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>Bytes of M: all rows of unit 0, then those of unit 1, …</summary>
    public long MemoryBytes => Rows * UnitCount * ElementBytes;

    /// <summary>Where one tensor's part of a unit begins in M, counted in elements; it is as long as the tensor.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="unit">0 to k − 1.</param>
    public long IndexOf(int tensor, int unit) => unit * Rows + (_partition.ChunksOf(tensor) is [var first, ..] ? first.Row : 0);
}
