using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>A file that is there as a whole or not at all: written beside its target, flushed to disk, then renamed.</summary>
internal sealed partial class AtomicFile : IDisposable
{
    private const string Extension = ".tmp";
    private const int GuidLength = 32;

    private readonly string _target;
    private readonly string _temporary;

    /// <summary>Creates an empty file beside <paramref name="path"/>.</summary>
    public AtomicFile(string path)
    {
        _target = Path.GetFullPath(path);
        _temporary = $"{_target}.{Guid.NewGuid():N}{Extension}";
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts what was written in the place of the target.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(_target)!);
        DeleteAbandoned();
    }

    /// <summary>Leaves the target as it was, unless <see cref="Commit"/> has come first.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_temporary);
    }

    /// <summary>
    /// Deletes what processes that were killed while they wrote the same target have left. A file that is still being written
    /// is locked by its writer and stays.
    /// </summary>
    private void DeleteAbandoned()
    {
        var name = Path.GetFileName(_target);
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_target)!, "*" + Extension, options))
            if (IsTemporary(Path.GetFileName(file.AsSpan()), name))
                TryDelete(file);
    }

    private static void TryDelete(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The target is in place; tidying up is no reason for its save to fail.
        }
    }

    private static bool IsTemporary(ReadOnlySpan<char> file, string target) =>
        file.Length == target.Length + 1 + GuidLength + Extension.Length
        && file.StartsWith(target, StringComparison.Ordinal)
        && file[target.Length] == '.'
        && Guid.TryParseExact(file.Slice(target.Length + 1, GuidLength), "N", out _);

    // A rename survives a power failure once its directory is on disk. .NET opens no directories, hence the system calls;
    // where they fail (a file system that cannot) the file is whole all the same.
    private static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(directory, flags: 0);
        if (descriptor < 0)
            return;
        Synchronize(descriptor);
        Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
