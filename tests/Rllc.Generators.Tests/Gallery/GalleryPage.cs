using System.Globalization;
using System.Text.RegularExpressions;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Gallery;

/// <summary>docs/gallery.md: a section with one declaration and its cost for every optimizer.</summary>
internal static partial class GalleryPage
{
    private static readonly string Text = File.ReadAllText(Path.Combine(TestProject.Folder, "../../docs/gallery.md"));

    /// <summary>All declarations of the page, from its first section on.</summary>
    public static string Code { get; } = string.Concat(Text.Split("\n## ").Skip(1).SelectMany(text => Declaration().Matches(text)).Select(block => block.Groups["code"].Value));

    /// <summary>The sections about one optimizer and its cost, in order.</summary>
    public static IReadOnlyList<Section> Sections { get; } = [.. Text.Split("\n## ").Skip(1).Where(text => Cost().IsMatch(text)).Select(Read)];

    /// <summary>The optimizers that are no fixed law, which pages of their own describe.</summary>
    public static IReadOnlyList<Row> Others { get; } = [.. OtherRow().Matches(Text).Select(match => new Row(
        match.Groups["title"].Value, match.Groups["link"].Value, match.Groups["declaration"].Value, match.Groups["floats"].Value))];

    /// <summary>The page's optimizers as README lists them: a row each, with the declaration and the cost.</summary>
    public static string Table { get; } = string.Join('\n',
    [
        "| optimizer | declaration | floats moved |",
        "| --- | --- | ---: |",
        .. Sections.Select(section => FormattableString.Invariant($"| [{section.Title}](docs/gallery.md#{section.Anchor}) | `{section.Attributes}` | {section.Floats} |")),
        .. Others.Select(other => $"| [{other.Title}](docs/{other.Link}) | `{other.Declaration}` | {other.Floats} |"),
    ]);

    /// <summary>The example before the first section.</summary>
    public static string Example { get; } = Declaration().Match(Text.Split("\n## ")[0]).Groups["code"].Value;

    private static Section Read(string text)
    {
        var code = Assert.Single(Declaration().Matches(text)).Groups["code"].Value;
        return new(
            text.Split('\n')[0],
            ClassName().Match(code).Groups["name"].Value,
            code,
            int.Parse(Cost().Match(text).Groups["floats"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>A section.</summary>
    /// <param name="Title">Its heading.</param>
    /// <param name="Name">The name of the class that it declares.</param>
    /// <param name="Code">The declaration.</param>
    /// <param name="Floats">What a step moves, in numbers per parameter.</param>
    public sealed record Section(string Title, string Name, string Code, int Floats)
    {
        /// <summary>What a link to the section ends with.</summary>
        public string Anchor => AnchorSigns().Replace(Title.ToLowerInvariant(), "").Replace(' ', '-');

        /// <summary>The declaration's attributes on one line.</summary>
        public string Attributes => string.Join(' ', Code.Split('\n').Where(line => line.StartsWith('[')));
    }

    /// <summary>An optimizer of another page.</summary>
    /// <param name="Title">Its name.</param>
    /// <param name="Link">The page, from docs.</param>
    /// <param name="Declaration">How it is declared, or made.</param>
    /// <param name="Floats">What a step moves.</param>
    public sealed record Row(string Title, string Link, string Declaration, string Floats);

    [GeneratedRegex(@"^\| \[(?<title>[^\]]+)\]\((?<link>[^)]+)\) \| .* \| `(?<declaration>[^`]+)` \| (?<floats>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex OtherRow();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex AnchorSigns();

    [GeneratedRegex(@"partial class (?<name>\w+);")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^Cost: (?<floats>\d+) floats\. Source: .+\.$", RegexOptions.Multiline)]
    private static partial Regex Cost();
}
