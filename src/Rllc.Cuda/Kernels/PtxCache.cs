using System.Security.Cryptography;

namespace Rllc.Cuda;

/// <summary>
/// A folder of compiled kernels, so that a process need not compile again what another has compiled for the same driver and
/// the same kind of device. Several processes may share it; it may be deleted at any time. Nothing fails because of it: an
/// entry that is damaged is compiled and written again, one that cannot be written is left out. Thread-safe.
/// </summary>
public sealed class PtxCache
{
    // An entry: these eight bytes, its key, the SHA-256 of the cubin, the cubin.
    private static ReadOnlySpan<byte> Format => "RllcPtx1"u8;

    private readonly string? _folder;

    /// <summary>A cache in a folder of your own.</summary>
    /// <param name="folder">Its path; it is created where it is needed.</param>
    /// <exception cref="ArgumentException">This is no path.</exception>
    public PtxCache(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Path.GetFullPath(folder);
    }

    private PtxCache()
    {
    }

    /// <summary>No cache: every process compiles, unless the driver's own cache spares it.</summary>
    public static PtxCache None { get; } = new();

    /// <summary>Rllc/ptx in the user's local application data (on Linux ~/.local/share); <see cref="None"/> for a user without.</summary>
    public static PtxCache Default { get; } = InLocalApplicationData();

    /// <summary>The cubin that was stored under a key, if it is whole.</summary>
    internal byte[]? Find(CubinKey key)
    {
        try
        {
            return Unwrap(key, File.ReadAllBytes(Path.Combine(_folder!, key.FileName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores a cubin for the processes to come, if the folder can be written.</summary>
    internal void Store(CubinKey key, ReadOnlySpan<byte> cubin)
    {
        try
        {
            Directory.CreateDirectory(_folder!);
            using var file = new AtomicFile(Path.Combine(_folder!, key.FileName));
            file.Stream.Write(Format);
            file.Stream.Write(key.Bytes);
            file.Stream.Write(SHA256.HashData(cubin));
            file.Stream.Write(cubin);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The kernels are loaded; only the next process has to compile them again.
        }
    }

    private static byte[]? Unwrap(CubinKey key, ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<byte> head = [.. Format, .. key.Bytes];
        if (!entry.StartsWith(head) || entry.Length < head.Length + SHA256.HashSizeInBytes)
            return null;
        var digest = entry.Slice(head.Length, SHA256.HashSizeInBytes);
        var cubin = entry[(head.Length + SHA256.HashSizeInBytes)..];
        return SHA256.HashData(cubin).AsSpan().SequenceEqual(digest) ? cubin.ToArray() : null;
    }

    private static PtxCache InLocalApplicationData()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder == "" ? None : new(Path.Combine(folder, "Rllc", "ptx"));
    }
}
