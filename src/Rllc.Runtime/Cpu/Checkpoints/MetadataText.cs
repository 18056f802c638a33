using System.Globalization;

namespace Rllc;

/// <summary>The values of a checkpoint's metadata, which are strings: printed, found and read.</summary>
internal static class MetadataText
{
    /// <summary>A number, in the invariant culture.</summary>
    public static string Print<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A truth value.</summary>
    public static string Print(bool value) => value ? "true" : "false";

    /// <summary>A vector, as a JSON array.</summary>
    public static string Print<T>(ReadOnlySpan<T> values) where T : IFormattable =>
        $"[{string.Join(',', values.ToArray().Select(Print))}]";

    /// <summary>The text of a key that must be there.</summary>
    public static string Find(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.GetValueOrDefault(key) ?? throw SafetensorsHeader.Refuse($"has no '{key}' in its metadata");

    /// <summary>The exception of a text that stands for nothing.</summary>
    public static InvalidDataException Unreadable(string key, string text) =>
        SafetensorsHeader.Refuse($"has an unreadable '{key}': '{text}'");

    /// <summary>A number.</summary>
    public static T Read<T>(IReadOnlyDictionary<string, string> metadata, string key) where T : struct, ISpanParsable<T>
    {
        var text = Find(metadata, key);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(key, text);
    }

    /// <summary>A member of an enumeration, by its name.</summary>
    public static T ReadEnum<T>(IReadOnlyDictionary<string, string> metadata, string key) where T : struct, Enum
    {
        var text = Find(metadata, key);
        return Enum.TryParse(text, out T value) && value.ToString() == text ? value : throw Unreadable(key, text);
    }

    /// <summary>A truth value.</summary>
    public static bool ReadBoolean(IReadOnlyDictionary<string, string> metadata, string key) =>
        Find(metadata, key) is var text && text == "true" || (text == "false" ? false : throw Unreadable(key, text));

    /// <summary>A vector of a given length.</summary>
    public static T[] ReadVector<T>(IReadOnlyDictionary<string, string> metadata, string key, int length) where T : struct, ISpanParsable<T>
    {
        var text = Find(metadata, key);
        if (text is not ['[', .. var inner, ']'])
            throw Unreadable(key, text);
        var parts = inner.Length == 0 ? [] : inner.Split(',');
        if (parts.Length != length)
            throw SafetensorsHeader.Refuse($"has {parts.Length} numbers in '{key}' where {length} belong");
        return Array.ConvertAll(parts, part => T.TryParse(part, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(key, text));
    }
}
