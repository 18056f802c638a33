using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rllc;

/// <summary>One tensor of a checkpoint, a vector of F32 or BF16.</summary>
/// <param name="Name">Its key in the header.</param>
/// <param name="ElementBytes">Bytes of an element: 4 for F32, 2 for BF16.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Begin">Offset of its first byte behind the header.</param>
internal readonly record struct TensorEntry(string Name, int ElementBytes, long Length, long Begin)
{
    /// <summary>Offset behind its last byte.</summary>
    public long End => Begin + Length * ElementBytes;
}

/// <summary>
/// The header of a .safetensors file (https://github.com/huggingface/safetensors#format): eight bytes of little-endian
/// length, then a JSON object that maps "__metadata__" to strings and every tensor to dtype, shape and data_offsets.
/// </summary>
internal sealed class SafetensorsHeader
{
    // The limit of the reference implementation: nothing is allocated on the word of a damaged length.
    private const int MaxLength = 100_000_000;
    private const int PrefixLength = sizeof(ulong);
    private const int Alignment = 64;
    private const string MetadataKey = "__metadata__";

    private SafetensorsHeader(byte[] bytes, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorEntry> tensors)
    {
        Bytes = bytes;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>Everything before the data, length included.</summary>
    public byte[] Bytes { get; }

    /// <summary>The strings of "__metadata__".</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of their data, which follow each other without a gap.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    /// <summary>The header of vectors, padded with spaces so that the data start on 64 bytes.</summary>
    public static SafetensorsHeader Create(
        IReadOnlyList<KeyValuePair<string, string>> metadata, IEnumerable<(string Name, int ElementBytes, long Length)> vectors)
    {
        CheckPlatform();
        var tensors = new List<TensorEntry>();
        foreach (var (name, elementBytes, length) in vectors)
            tensors.Add(new TensorEntry(name, elementBytes, length, tensors.Count == 0 ? 0 : tensors[^1].End));
        var json = WriteJson(metadata, tensors);
        var padded = (PrefixLength + json.Length + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[padded];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(padded - PrefixLength));
        json.CopyTo(bytes.AsSpan(PrefixLength));
        bytes.AsSpan(PrefixLength + json.Length).Fill((byte)' ');
        return new SafetensorsHeader(bytes, metadata.ToDictionary(StringComparer.Ordinal), tensors);
    }

    /// <summary>Reads the header and leaves the stream at the data, whose length it has checked.</summary>
    /// <exception cref="InvalidDataException">The stream from its position to its end is no whole .safetensors file of F32 and BF16 vectors.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        CheckPlatform();
        var available = stream.Length - stream.Position;
        if (available < PrefixLength)
            throw Refuse($"is truncated: of the {PrefixLength} bytes of the header's length {available} are there");
        Span<byte> prefix = stackalloc byte[PrefixLength];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is 0 or > MaxLength)
            throw Refuse($"is damaged, or no .safetensors file: its header would be {length} bytes long (1 to {MaxLength} are possible)");
        available -= PrefixLength;
        if ((long)length > available)
            throw Refuse($"is truncated: of the {length} bytes of its header {available} are there");
        var bytes = new byte[PrefixLength + (int)length];
        prefix.CopyTo(bytes);
        stream.ReadExactly(bytes.AsSpan(PrefixLength));
        var header = Parse(bytes);
        available -= (long)length;
        var end = header.Tensors.Count == 0 ? 0 : header.Tensors[^1].End;
        if (available < end)
            throw Refuse($"is truncated: of the {end} bytes of its tensors {available} are there");
        if (available > end)
            throw Refuse($"has {available - end} bytes behind its last tensor");
        return header;
    }

    /// <summary>The exception of every refused checkpoint.</summary>
    public static InvalidDataException Refuse(FormattableString predicate, Exception? cause = null) =>
        new($"The checkpoint {FormattableString.Invariant(predicate)}.", cause);

    private static void CheckPlatform()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Checkpoints hold little-endian numbers, which this platform does not use.");
    }

    private static ReadOnlySpan<byte> WriteJson(IReadOnlyList<KeyValuePair<string, string>> metadata, List<TensorEntry> tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Only what JSON itself demands is escaped: ⊕ stays ⊕.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.ElementBytes == sizeof(float) ? "F32" : "BF16");
                json.WriteStartArray("shape");
                json.WriteNumberValue(tensor.Length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(tensor.Begin);
                json.WriteNumberValue(tensor.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static SafetensorsHeader Parse(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(PrefixLength), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var tensors = new List<TensorEntry>();
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                    foreach (var entry in property.Value.EnumerateObject())
                        metadata.Add(entry.Name, entry.Value.GetString() ?? throw Refuse($"has a damaged header: metadata '{entry.Name}' is null"));
                else
                    tensors.Add(ParseTensor(property.Name, property.Value));
            }
            // Stable: vectors without elements, all at one place, keep the order of the header.
            tensors = [.. tensors.OrderBy(tensor => (tensor.Begin, tensor.End))];
            for (var i = 0; i < tensors.Count; i++)
                if (tensors[i].Begin != (i == 0 ? 0 : tensors[i - 1].End))
                    throw Refuse($"has a damaged header: the data of '{tensors[i].Name}' do not follow those before them");
            return new SafetensorsHeader(bytes, metadata, tensors);
        }
        // What JsonDocument throws for bytes that are no JSON, a value of another kind, a number out of range, a missing key.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Refuse($"has a damaged header: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static TensorEntry ParseTensor(string name, JsonElement tensor)
    {
        var shape = tensor.GetProperty("shape");
        var offsets = tensor.GetProperty("data_offsets");
        var elementBytes = tensor.GetProperty("dtype").GetString() switch { "F32" => sizeof(float), "BF16" => sizeof(ushort), _ => 0 };
        if (elementBytes == 0 || shape.GetArrayLength() != 1 || offsets.GetArrayLength() != 2)
            throw Refuse($"has a damaged header: '{name}' is no vector of F32 or BF16");
        var length = shape[0].GetInt64();
        var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (length < 0 || begin < 0 || end < begin || (end - begin) % elementBytes != 0 || (end - begin) / elementBytes != length)
            throw Refuse($"has a damaged header: '{name}' has {length} elements in the bytes {begin} to {end}");
        return new TensorEntry(name, elementBytes, length, begin);
    }
}
