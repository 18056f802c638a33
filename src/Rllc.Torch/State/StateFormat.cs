namespace Rllc;

/// <summary>How states are written into TorchSharp's streams of optimizer states.</summary>
internal static class StateFormat
{
    private const string Magic = "rllc.torch";
    private const int Version = 1;

    // Names and texts are short; a number beyond this is no count but damage.
    private const int MostEntries = 1 << 20;

    /// <summary>Marks the beginning of an optimizer's state.</summary>
    public static void WriteHeader(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Version);
    }

    /// <summary>Reads the mark.</summary>
    /// <exception cref="InvalidDataException">It is not there, or of another version.</exception>
    public static void ReadHeader(BinaryReader reader)
    {
        if (reader.ReadString() is var magic && magic != Magic)
            throw new InvalidDataException($"The state was not written by an Rllc optimizer: it begins with '{magic}'.");
        if (reader.ReadInt32() is var version && version != Version)
            throw new InvalidDataException(FormattableString.Invariant($"The state has version {version}; this library reads version {Version}."));
    }

    /// <summary>Writes keys and values.</summary>
    public static void WriteTexts(BinaryWriter writer, IReadOnlyCollection<KeyValuePair<string, string>> texts)
    {
        writer.Write(texts.Count);
        foreach (var (key, value) in texts)
        {
            writer.Write(key);
            writer.Write(value);
        }
    }

    /// <summary>Reads keys and values.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static Dictionary<string, string> ReadTexts(BinaryReader reader)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var left = ReadCount(reader); left > 0; left--)
            if (!texts.TryAdd(reader.ReadString(), reader.ReadString()))
                throw new InvalidDataException("The state is damaged: it has an entry twice.");
        return texts;
    }

    /// <summary>Writes a shape.</summary>
    public static void WriteShape(BinaryWriter writer, long[] shape)
    {
        writer.Write(shape.Length);
        foreach (var size in shape)
            writer.Write(size);
    }

    /// <summary>Reads a shape.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static long[] ReadShape(BinaryReader reader)
    {
        var shape = new long[ReadCount(reader)];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = reader.ReadInt64();
        return shape;
    }

    /// <summary>Reads a number of entries.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static int ReadCount(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count is >= 0 and <= MostEntries
            ? count
            : throw new InvalidDataException(FormattableString.Invariant($"The state is damaged: it claims to have {count} entries."));
    }
}
