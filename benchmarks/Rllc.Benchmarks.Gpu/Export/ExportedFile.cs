namespace Rllc.Benchmarks.Gpu;

/// <summary>export.json: all that a program without .NET must know to start the kernels.</summary>
/// <param name="Version">That of this file's format.</param>
/// <param name="Constants">What partition and launches depend on.</param>
/// <param name="Entries">The names of a module's kernels.</param>
/// <param name="Structs">The kernels' argument and what its views hold, by name.</param>
/// <param name="Memories">The memories, by number of units.</param>
/// <param name="Partitions">What <see cref="DeviceLayout"/> makes of some lengths, to be compared with.</param>
internal sealed record ExportedFile(
    int Version,
    ExportedConstants Constants,
    IReadOnlyList<string> Entries,
    IReadOnlyDictionary<string, DeviceStruct> Structs,
    IReadOnlyList<ExportedMemory> Memories,
    IReadOnlyList<ExportedPartition> Partitions);
