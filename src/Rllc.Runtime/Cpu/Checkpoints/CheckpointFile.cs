namespace Rllc;

/// <summary>How checkpoints are written and read, whatever is in them.</summary>
internal static class CheckpointFile
{
    /// <summary>Replaces a file as a whole or not at all.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new AtomicFile(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Writes header and data, after going over both for the digest.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="header">The header, its digest left blank.</param>
    /// <param name="writeData">Writes the data; called twice, for the same bytes.</param>
    public static void Write(Stream stream, SafetensorsHeader header, Action<Stream> writeData)
    {
        using (var digest = new CheckpointDigest())
        {
            digest.Stream.Write(header.Bytes);
            writeData(digest.Stream);
            digest.Seal(header.Bytes);
        }
        stream.Write(header.Bytes);
        writeData(stream);
    }

    /// <summary>Reads a file, whose path is in the message where it is refused.</summary>
    public static void Read(string path, Action<Stream> read)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{e.Message} File: {path}", e);
        }
    }

    /// <summary>Refuses a stream that could not be read a second time.</summary>
    public static void RequireSeeking(Stream stream)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be able to seek: it is verified as a whole before it is read.", nameof(stream));
    }
}
