using System.Text.RegularExpressions;

namespace Rllc.Generators.Tests.Rules;

/// <summary>One page of docs/rules, read the way a person does: a title, a severity, and sections with code.</summary>
internal sealed partial class RulePage
{
    private readonly string _text;

    private RulePage(string text) => _text = text;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The ids that have a page.</summary>
    public static IEnumerable<string> Ids => Directory.GetFiles(Folder, "RLLC*.md")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(Root, "docs", "rules");

    /// <summary>The page of a rule.</summary>
    public static RulePage Of(string id) => new(File.ReadAllText(Path.Combine(Folder, $"{id}.md")).ReplaceLineEndings("\n"));

    /// <summary>The first line, without the mark of a heading.</summary>
    public string Heading => _text.Split('\n')[0].TrimStart('#', ' ');

    /// <summary>What the page says about the severity.</summary>
    public string Severity => SeverityLine().Match(_text).Groups[1].Value;

    /// <summary>The code blocks of a section, of one language; none where there is no such section.</summary>
    public IReadOnlyList<string> Code(string section, string language = "csharp")
    {
        var sections = _text.Split("\n## ");
        var body = sections.FirstOrDefault(candidate => candidate.StartsWith(section + "\n", StringComparison.Ordinal)) ?? "";
        return [.. CodeBlock().Matches(body).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];
    }

    [GeneratedRegex("^Severity: (.*)$", RegexOptions.Multiline)]
    private static partial Regex SeverityLine();

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rllc.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
