using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>A file that is there as a whole or not at all: written beside its target, flushed to disk, then renamed.</summary>
internal sealed partial class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;

    /// <summary>Creates an empty file beside <paramref name="path"/>.</summary>
    public AtomicFile(string path)
    {
        _target = Path.GetFullPath(path);
        _temporary = $"{_target}.{Guid.NewGuid():N}.tmp";
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
    }

    /// <summary>Leaves the target as it was, unless <see cref="Commit"/> has come first.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_temporary);
    }

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
