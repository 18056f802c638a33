namespace Rllc.Benchmarks.Gpu;

/// <summary>How <see cref="DeviceLayout"/> divides tensors: an example for whoever has to divide them in the same way.</summary>
/// <param name="Lengths">The tensors' numbers of elements.</param>
/// <param name="Rows">Rows of M.</param>
/// <param name="ChunkCount">Number of chunks.</param>
/// <param name="ChunksPerGroup">How many of them a group works on.</param>
/// <param name="GroupCount">Groups of a pass.</param>
/// <param name="Chunks">The first and the last chunks: which one, tensor, offset in it, row of M, number of elements.</param>
internal sealed record ExportedPartition(
    IReadOnlyList<long> Lengths,
    long Rows,
    int ChunkCount,
    int ChunksPerGroup,
    int GroupCount,
    IReadOnlyList<long[]> Chunks)
{
    private const int Shown = 8;

    /// <summary>Examples: nothing, everything around a chunk and a tile, many tensors, more chunks than groups.</summary>
    public static IReadOnlyList<ExportedPartition> Examples { get; } =
    [
        Of(),
        Of(0),
        Of(1),
        Of(4095),
        Of(4096),
        Of(4097),
        Of(0, 17, 0, 10_000, 16, 1),
        Of([.. Enumerable.Range(0, 65).Select(tensor => 37L * tensor * tensor)]),
        Of(2048 * 4096),
        Of(2048 * 4096 + 1),
        Of(100_000_000, 3),
    ];

    private static ExportedPartition Of(params long[] lengths)
    {
        var layout = new DeviceLayout(LinearMemory.Parse("M(0)"), lengths, MemoryFormat.Float32);
        var chunks = layout.Chunks.Select((chunk, index) => new[] { index, chunk.Tensor, chunk.Offset, chunk.Row, chunk.Count });
        return new(
            lengths,
            layout.Rows,
            layout.Chunks.Length,
            layout.ChunksPerGroup,
            layout.GroupCount,
            [.. chunks.Where(chunk => chunk[0] < Shown || chunk[0] >= layout.Chunks.Length - Shown)]);
    }
}
