using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// A page of documentation with its blocks of C#, as one project. Types of a block are known to those after it, statements stand in a method of
/// their own. What they take from elsewhere a comment before them gives as parameters, for all blocks until the next such comment:
/// <code>&lt;!-- given: float[] θ, int steps --&gt;</code>
/// Blocks that show generated code are not among them: these are compared with what is generated.
/// </summary>
internal sealed partial class DocumentedPage
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.IO;\nusing System.Linq;\nusing Rllc;\n";
    private const string TorchUsings = "using TorchSharp;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n";

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
    public bool NeedsTorch => Blocks().Any(block => block.Code.Contains("torch", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a block needs ILGPU.</summary>
    public bool NeedsIlgpu => Blocks().Any(block => IlgpuName().IsMatch(block.Code));

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

    /// <summary>The page as a file; empty where it has no block.</summary>
    public string ToSource()
    {
        var blocks = Blocks().ToList();
        if (blocks.Count == 0)
            return "";
        var roots = blocks.ConvertAll(block => CSharpSyntaxTree.ParseText(block.Code).GetCompilationUnitRoot());
        var source = new StringBuilder(Usings);
        if (NeedsTorch)
            source.Append(TorchUsings);
        foreach (var directive in roots.SelectMany(root => root.Usings).Select(directive => directive.ToString()).Distinct().Where(directive => !source.ToString().Contains(directive, StringComparison.Ordinal)))
            source.AppendLine(directive);
        // Where a page has no optimizer of its own, it is README's.
        source.AppendLine("namespace Page\n{\n[Propagator(\"M(0.9) ⊕ M(0)\")] public sealed partial class MomentumMix;");
        for (var i = 0; i < blocks.Count; i++)
        {
            // Nested, so that a later block may declare a name again.
            source.AppendLine($"namespace Block{i}\n{{");
            foreach (var member in roots[i].Members.Where(member => member is not GlobalStatementSyntax))
                source.AppendLine(member.ToFullString());
            source.AppendLine($"internal static class Statements\n{{\npublic static void Run({blocks[i].Given})\n{{");
            foreach (var statement in roots[i].Members.OfType<GlobalStatementSyntax>())
                source.AppendLine(statement.ToFullString());
            source.AppendLine("}\n}");
        }

        return source.Append('}', blocks.Count + 1).ToString();
    }

    private IEnumerable<(string Code, string Given)> Blocks()
    {
        var given = "";
        foreach (Match match in Part().Matches(_text))
        {
            if (match.Groups["given"].Success)
                given = match.Groups["given"].Value;
            else if (match.Groups["code"].Success)
                yield return (match.Groups["code"].Value, given);
        }
    }

    // What is marked as generated is passed over, mark and block together.
    [GeneratedRegex("<!-- given:(?<given>.*?)-->|<!-- [^ ]+ -->\n```csharp\n.*?```|```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Part();

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
