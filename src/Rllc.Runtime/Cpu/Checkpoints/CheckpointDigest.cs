using System.Security.Cryptography;
using System.Text;

namespace Rllc;

/// <summary>The SHA-256 of a checkpoint: of the whole file, with the digest's own 64 characters as '0'.</summary>
internal sealed class CheckpointDigest : IDisposable
{
    /// <summary>The digest's key in the metadata, the first.</summary>
    public const string Key = "sha256";

    /// <summary>What stands for the digest while it is computed.</summary>
    public static readonly string Blank = new('0', Length);

    private const int Length = 2 * SHA256.HashSizeInBytes;

    private readonly SHA256 _sha = SHA256.Create();

    /// <summary>Starts with nothing written.</summary>
    public CheckpointDigest() => Stream = new CryptoStream(System.IO.Stream.Null, _sha, CryptoStreamMode.Write);

    /// <summary>Where to write what the file will hold, its header with a blank digest.</summary>
    public CryptoStream Stream { get; }

    /// <summary>Replaces the blank in a header by the digest of all that was written.</summary>
    public void Seal(Span<byte> header)
    {
        Stream.FlushFinalBlock();
        Replace(header, Blank, Convert.ToHexStringLower(_sha.Hash!));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        _sha.Dispose();
    }

    /// <summary>Reads a stream to its end and refuses it where its bytes are not those that were written.</summary>
    public static void Verify(SafetensorsHeader header, System.IO.Stream data)
    {
        var written = header.Metadata.GetValueOrDefault(Key);
        var bytes = (byte[])header.Bytes.Clone();
        if (written is not { Length: Length } || !Replace(bytes, written, Blank))
            throw SafetensorsHeader.Refuse($"has no '{Key}' of {Length} digits in its metadata");
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(bytes);
        var buffer = new byte[1 << 16];
        while (data.Read(buffer) is var count and > 0)
            sha.AppendData(buffer, 0, count);
        var found = Convert.ToHexStringLower(sha.GetHashAndReset());
        if (found != written)
            throw SafetensorsHeader.Refuse($"is damaged: the SHA-256 of its bytes is {found}, {written} was written");
    }

    private static bool Replace(Span<byte> header, string old, string @new)
    {
        var position = header.IndexOf(Encoding.UTF8.GetBytes(old));
        return position >= 0 && Encoding.UTF8.TryGetBytes(@new, header[position..], out _);
    }
}
