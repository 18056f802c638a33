namespace Rllc.Kernels.Compiler;

/// <summary>
/// A folder of PTX, a file for each optimizer and format, named as the resource is below its folder. Until all of it is there
/// the files of the last time stay as they are.
/// </summary>
internal sealed class PtxFolder
{
    private readonly string _path;

    // By file name; two that differ in case only would be one file on some systems.
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A folder; it is created where there is none.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public PtxFolder(string path) => _path = Directory.CreateDirectory(path).FullName;

    /// <summary>Adds the PTX of an optimizer.</summary>
    /// <param name="optimizer">The optimizer's full name in metadata.</param>
    /// <param name="format">What M is kept in.</param>
    /// <param name="ptx">The text.</param>
    /// <exception cref="ArgumentException">There is PTX of that name already.</exception>
    public void Add(string optimizer, MemoryFormat format, byte[] ptx)
    {
        var name = Path.GetFileName(StepPtx.ResourceName(optimizer, format));
        if (!_files.TryAdd(name, ptx))
            throw new ArgumentException($"The kernels of '{optimizer}' would be in one file with those of another class whose name differs from it in nothing or in case.");
    }

    /// <summary>Writes what was added and deletes what else there is of PTX.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Commit()
    {
        foreach (var stale in Directory.EnumerateFiles(_path, "*.ptx").Where(file => !_files.ContainsKey(Path.GetFileName(file))).ToList())
            File.Delete(stale);
        foreach (var (name, ptx) in _files)
            File.WriteAllBytes(Path.Combine(_path, name), ptx);
    }
}
