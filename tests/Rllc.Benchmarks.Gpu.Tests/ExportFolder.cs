namespace Rllc.Benchmarks.Gpu.Tests;

/// <summary>An export, written once for all tests of a class.</summary>
public sealed class ExportFolder : IDisposable
{
    public ExportFolder() => Exporter.Write(Path);

    public string Path { get; } = Directory.CreateTempSubdirectory("rllc-export-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
