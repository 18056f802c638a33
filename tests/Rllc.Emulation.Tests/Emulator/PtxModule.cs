using System.Globalization;
using System.Text.RegularExpressions;

namespace Rllc.Emulation.Tests.Emulator;

/// <summary>
/// A module of PTX, to be run without a GPU: the very text that a driver would compile, so that what ILGPU prints for a GPU is
/// tested, and not only what its CPU accelerator runs. It knows the instructions that our kernels consist of and refuses others.
/// </summary>
internal sealed partial class PtxModule
{
    /// <summary>Parses a text.</summary>
    public PtxModule(string text)
    {
        foreach (Match entry in EntryPattern().Matches(text))
        {
            var parameter = ParameterPattern().Match(entry.Groups["parameters"].Value);
            Entries.Add(entry.Groups["name"].Value, new PtxEntry(
                entry.Groups["name"].Value,
                parameter.Groups["name"].Value,
                Number(parameter.Groups["size"].Value),
                Number(entry.Groups["threads"].Value),
                entry.Groups["body"].Value));
        }
    }

    /// <summary>The kernels by name.</summary>
    public Dictionary<string, PtxEntry> Entries { get; } = [];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // The braces of a vector are in the middle of a line, those of an entry at its beginning.
    [GeneratedRegex(@"\.visible \.entry (?<name>\w+)\((?<parameters>[^)]*)\)\s*\.maxntid (?<threads>\d+), 1, 1\s*\n\{(?<body>.*?)\n\}", RegexOptions.Singleline)]
    private static partial Regex EntryPattern();

    [GeneratedRegex(@"^\s*\.param \.align 8 \.b8 (?<name>\w+)\[(?<size>\d+)\]\s*$")]
    private static partial Regex ParameterPattern();
}
