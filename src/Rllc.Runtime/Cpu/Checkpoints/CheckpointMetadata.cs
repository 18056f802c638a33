using static Rllc.MetadataText;

namespace Rllc;

/// <summary>What every checkpoint says in strings: that it is one, and to whom it belongs. docs/checkpoints.md lists the keys.</summary>
internal static class CheckpointMetadata
{
    private const string Format = "rllc";
    private const string Version = "2";

    /// <summary>The first metadata of an optimizer, its digest left blank.</summary>
    public static List<KeyValuePair<string, string>> DescribeOwner(string identity, ReadOnlySpan<long> lengths, MemoryFormat memoryFormat) =>
    [
        new(CheckpointDigest.Key, CheckpointDigest.Blank),
        new("format", Format),
        new("version", Version),
        new("spec", identity),
        new("lengths", Print(lengths)),
        new("memory_format", memoryFormat.ToString()),
    ];

    /// <summary>Whether the file is a checkpoint at all, and one that this library reads.</summary>
    public static void CheckFormat(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("format") != Format)
            throw SafetensorsHeader.Refuse($"was not written by an Rllc optimizer: its metadata have no format '{Format}'");
        if (Find(metadata, "version") is var version && version != Version)
            throw SafetensorsHeader.Refuse($"has version '{version}'; this library reads version '{Version}'");
    }

    /// <summary>Whether the checkpoint is of this memory, in this format, and of these tensors.</summary>
    public static void CheckOwner(
        IReadOnlyDictionary<string, string> metadata, string identity, ReadOnlySpan<long> lengths, MemoryFormat memoryFormat)
    {
        if (Find(metadata, "spec") is var spec && spec != identity)
            throw SafetensorsHeader.Refuse($"is of another memory: it holds '{spec}', the optimizer is '{identity}'");
        if (Find(metadata, "lengths") is var found && Print(lengths) is var own && found != own)
            throw SafetensorsHeader.Refuse($"is of another model: its tensors have {found} parameters, the optimizer's {own}");
        if (ReadEnum<MemoryFormat>(metadata, "memory_format") is var format && format != memoryFormat)
            throw SafetensorsHeader.Refuse($"holds a memory in {format}, the optimizer keeps it in {memoryFormat}");
    }
}
