namespace Rllc.Benchmarks.Gpu;

/// <summary>What partition and launches depend on.</summary>
/// <param name="ChunkLength">Most elements of a chunk.</param>
/// <param name="TileLength">What a chunk's rows of M are padded to a multiple of.</param>
/// <param name="MostGroups">Most groups of threads of a pass.</param>
/// <param name="ThreadsPerGroup">Threads of a group.</param>
internal sealed record ExportedConstants(int ChunkLength, int TileLength, int MostGroups, int ThreadsPerGroup)
{
    /// <summary>Those of the kernels.</summary>
    public static ExportedConstants Current { get; } =
        new(Partition.ChunkLength, Tile.Length, DeviceLayout.MostGroups, DeviceLayout.ThreadsPerGroup);
}
