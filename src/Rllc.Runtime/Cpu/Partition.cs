using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>A piece of one tensor, worked on as one.</summary>
/// <param name="Tensor">Which tensor.</param>
/// <param name="Offset">Its first element, in the tensor.</param>
/// <param name="Count">Number of elements, 1 to <see cref="Partition.ChunkLength"/>.</param>
/// <param name="Row">Its first row of M, a multiple of <see cref="Tile.Length"/>: tensors are padded to whole tiles.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Chunk(int Tensor, long Offset, int Count, long Row);

/// <summary>
/// How the n parameters are divided into chunks: by nothing but the lengths of the tensors, so that sums over chunks are the same bits for
/// every number of threads.
/// </summary>
internal sealed class Partition
{
    /// <summary>Most elements of a chunk: as many terms as a float32 sum may have.</summary>
    public const int ChunkLength = 4096;

    private const long MaxLength = 1L << 40;

    private readonly long[] _lengths;
    private readonly Chunk[] _chunks;

    // Of each tensor, and behind the last one's.
    private readonly int[] _firstChunks;

    /// <summary>Divides tensors of the given numbers of elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or they are more than 2⁴⁰ together.</exception>
    public Partition(ReadOnlySpan<long> lengths)
    {
        _lengths = lengths.ToArray();
        foreach (var length in lengths)
        {
            if (length < 0 || length > MaxLength - Length)
                throw new ArgumentOutOfRangeException(nameof(lengths), FormattableString.Invariant($"Tensors have 0 to {MaxLength} parameters together, not {length}."));
            Length += length;
        }
        var chunks = new List<Chunk>();
        _firstChunks = new int[lengths.Length + 1];
        for (var tensor = 0; tensor < lengths.Length; tensor++)
        {
            for (var offset = 0L; offset < lengths[tensor]; offset += ChunkLength)
            {
                var chunk = new Chunk(tensor, offset, (int)Math.Min(ChunkLength, lengths[tensor] - offset), Rows);
                chunks.Add(chunk);
                Rows += (chunk.Count + Tile.Length - 1) / Tile.Length * Tile.Length;
            }
            _firstChunks[tensor + 1] = chunks.Count;
        }
        _chunks = [.. chunks];
    }

    /// <summary>The tensors' numbers of elements.</summary>
    public ReadOnlySpan<long> Lengths => _lengths;

    /// <summary>n, the number of elements of all tensors.</summary>
    public long Length { get; }

    /// <summary>Rows of M: n and the padding.</summary>
    public long Rows { get; }

    /// <summary>All chunks, tensor by tensor.</summary>
    public ReadOnlySpan<Chunk> Chunks => _chunks;

    /// <summary>The chunks of one tensor; their rows of M follow each other without a gap.</summary>
    public ReadOnlySpan<Chunk> ChunksOf(int tensor) => _chunks.AsSpan(_firstChunks[tensor].._firstChunks[tensor + 1]);

    /// <summary>The first chunk of a worker's share: contiguous, and equal to those of others to within a chunk.</summary>
    public int Share(int worker, int workerCount)
    {
        var first = (long)((Int128)Rows * worker / workerCount);
        var (low, high) = (0, _chunks.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_chunks[middle].Row < first)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
