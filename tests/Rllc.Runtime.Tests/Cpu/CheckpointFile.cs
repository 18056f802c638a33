using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>The published format of safetensors and docs/checkpoints.md, read and written without any of the library's code.</summary>
internal sealed class CheckpointFile
{
    private CheckpointFile(JsonObject header, byte[] data) => (Header, Data) = (header, data);

    public JsonObject Header { get; }

    public byte[] Data { get; set; }

    public JsonObject Metadata => Header["__metadata__"]!.AsObject();

    public static CheckpointFile Parse(byte[] bytes)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return new(JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!.AsObject(), bytes[(8 + length)..]);
    }

    public float[] Tensor(string name)
    {
        var offsets = Header[name]!["data_offsets"]!.AsArray();
        var (begin, end) = ((int)offsets[0]!, (int)offsets[1]!);
        var values = new float[(end - begin) / 4];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(Data.AsSpan(begin + 4 * i));
        return values;
    }

    /// <summary>The file with its digest as it should be.</summary>
    public byte[] Sealed()
    {
        Metadata["sha256"] = new string('0', 64);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Bytes()));
        Metadata["sha256"] = digest;
        return Bytes();
    }

    private byte[] Bytes()
    {
        var json = Encoding.UTF8.GetBytes(Header.ToJsonString());
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        return [.. prefix, .. json, .. Data];
    }
}
