using System.Text.RegularExpressions;

namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// A page of documentation with its blocks of C#. What their statements take from elsewhere a comment before them gives as parameters, for all
/// blocks until the next such comment; without one, or where it gives nothing, a block is a program that is run, and the block of text
/// behind it is what it prints:
/// <code>
/// &lt;!-- given: float[] θ, int steps --&gt;
/// &lt;!-- given: --&gt;
/// &lt;!-- goes on --&gt;              with the program of the block before
/// &lt;!-- not run: why not --&gt;
/// </code>
/// Blocks that show generated code are not among them: these are compared with what is generated.
/// </summary>
internal sealed partial class DocumentedPage
{
    private readonly string _text;

    private DocumentedPage(string text) => _text = text;

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Snapshot.Folder, "../../.."));

    /// <summary>The paths of all pages that people read, from the root; pages of rules have tests of their own.</summary>
    public static IEnumerable<string> Paths =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "benchmarks"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(folder => Path.Combine(folder, "package.md")).Where(File.Exists))
            .Append(Path.Combine(Root, "docs/rules/README.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static DocumentedPage Read(string path) => new(File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n"));

    /// <summary>Whether a block needs TorchSharp.</summary>
    public bool NeedsTorch => Blocks.Any(block => block.Code.Contains("torch", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a block needs ILGPU.</summary>
    public bool NeedsIlgpu => Blocks.Any(block => IlgpuName().IsMatch(block.Code));

    /// <summary>The files and folders of the repository that commands of the page name.</summary>
    public IEnumerable<string> NamedPaths =>
        from block in ShellBlock().Matches(_text)
        from path in RepositoryPath().Matches(block.Groups["code"].Value)
        select path.Value;

    /// <summary>What the page links to in this repository, as it is written.</summary>
    public IEnumerable<string> Links => Link().Matches(_text).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of the page's headings.</summary>
    public IEnumerable<string> Anchors => _text.Split('\n').Where(line => line.StartsWith('#'))
        .Select(line => NoAnchorSign().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The declarations that the page shows with an error under their characters.</summary>
    public IEnumerable<(string Declaration, string Underline, string Id, string Message)> Errors =>
        ErrorBlock().Matches(_text).Select(match => (match.Groups["code"].Value, match.Groups["underline"].Value, match.Groups["id"].Value, match.Groups["message"].Value));

    /// <summary>The blocks of code that is shown as it is generated, each with the snapshot's name.</summary>
    public IEnumerable<(string Snapshot, string Code)> GeneratedCode =>
        Part().Matches(_text).Where(match => match.Groups["snapshot"].Success).Select(match => (match.Groups["snapshot"].Value, match.Groups["generated"].Value));

    /// <summary>The blocks of C# that somebody writes.</summary>
    public IReadOnlyList<PageBlock> Blocks
    {
        get
        {
            var blocks = new List<PageBlock>();
            var given = "";
            var goesOn = false;
            foreach (Match match in Part().Matches(_text))
            {
                if (match.Groups["given"].Success)
                    given = match.Groups["given"].Value.Trim();
                else if (match.Groups["notrun"].Success)
                    given = null;
                else if (match.Groups["goeson"].Success)
                    (given, goesOn) = ("", true);
                else if (match.Groups["code"].Success)
                {
                    blocks.Add(new(match.Groups["code"].Value, given, goesOn));
                    goesOn = false;
                }
                else if (match.Groups["printed"].Success && blocks is [.., { Given: "" } last] && last.Printed.Length == 0)
                    last.Printed = match.Groups["printed"].Value;
            }

            return blocks;
        }
    }

    // What is marked as generated is one part, mark and block together.
    [GeneratedRegex(
        "<!-- given:(?<given>.*?)-->|<!-- (?<notrun>not run:.*?) -->|<!-- (?<goeson>goes on) -->|<!-- (?<snapshot>[^ ]+) -->\n```csharp\n(?<generated>.*?)```"
        + "|```csharp\n(?<code>.*?)```|```text\n(?<printed>.*?)```",
        RegexOptions.Singleline)]
    private static partial Regex Part();

    [GeneratedRegex("```text\n(?<code>\\[[^\n]*\\])\n(?<underline> *~+)\n(error|warning) (?<id>RLLC\\d+): (?<message>[^\n]*)\n```")]
    private static partial Regex ErrorBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchorSign();

    [GeneratedRegex(@"\bILGPU\b|\.Device\b|\bPtxCompiler\b")]
    private static partial Regex IlgpuName();

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"(?<![\w./-])(\./[\w.-]+\.sh|(examples|benchmarks|tests|src|docs)/[\w./-]*\w)")]
    private static partial Regex RepositoryPath();
}
