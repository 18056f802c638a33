using System.Globalization;

namespace Rllc.Generators.Tests.Analysis;

/// <summary>Writes a text as a C# string literal, in every way the language has.</summary>
internal static class LiteralWriter
{
    /// <summary>One way to write a literal.</summary>
    /// <param name="Name">What the test output calls it.</param>
    /// <param name="Write">Makes the literal of a text.</param>
    /// <param name="HoldsLines">Whether the text may have more than one line.</param>
    public sealed record Kind(string Name, Func<string, string> Write, bool HoldsLines = true)
    {
        public override string ToString() => Name;
    }

    /// <summary>Every kind of literal, and every way to escape the characters of a regular one.</summary>
    public static IReadOnlyList<Kind> Kinds { get; } =
    [
        new("regular", text => Regular(text, Plain)),
        new(@"regular, all \u", text => Regular(text, (character, _) => $@"\u{(int)character:x4}")),
        new(@"regular, all \U", text => Regular(text, (character, _) => $@"\U{(int)character:X8}")),
        new(@"regular, \x as short as it can be", text => Regular(text, Short)),
        new(@"regular, every other character as \u", text => Regular(text, (character, next) =>
            character % 2 == 0 ? $@"\u{(int)character:X4}" : Plain(character, next))),
        new("verbatim", text => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
        new("raw on one line", text => $"\"\"\"\"{text}\"\"\"\"", HoldsLines: false),
        new("raw on several lines", text => MultiLine(text, "", "\n")),
        new("raw, indented", text => MultiLine(text, "        ", "\n")),
        new("raw, indented by tabs, CRLF", text => MultiLine(text, "\t\t", "\r\n")),
    ];

    private static string Regular(string text, Func<char, char?, string> escape) =>
        $"\"{string.Concat(text.Select((character, i) => escape(character, i + 1 < text.Length ? text[i + 1] : null)))}\"";

    private static string Plain(char character, char? next) => character switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\t' => @"\t",
        _ => character.ToString(),
    };

    // A hexadecimal digit right after \x would be read as part of it.
    private static string Short(char character, char? next) =>
        $@"\x{((int)character).ToString(next is { } digit && char.IsAsciiHexDigit(digit) ? "x4" : "x", CultureInfo.InvariantCulture)}";

    private static string MultiLine(string text, string indentation, string newLine) =>
        $"\"\"\"\"{newLine}{indentation}{text.Replace("\n", newLine + indentation, StringComparison.Ordinal)}{newLine}{indentation}\"\"\"\"";
}
