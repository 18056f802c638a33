using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rllc.Generators.Tests.Harness;

/// <summary>
/// The blocks of a page as one file of C#. Types of a block are known to those after it; statements stand in a method Run, with those of the blocks
/// that go on with them.
/// </summary>
internal sealed class PageSource
{
    // Pages have no comments for documentation.
    private const string Usings = "#pragma warning disable CS1591\nusing System;\nusing System.Collections.Generic;\nusing System.IO;\nusing System.Linq;\nusing Rllc;\n";
    private const string TorchUsings = "using TorchSharp;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n";

    // Where a page has no optimizer of its own, it is README's. What a program prints is for the test to see.
    private const string Surroundings = """
        namespace Page
        {
        [Propagator("M(0.9) ⊕ M(0)")] public sealed partial class MomentumMix;

        public static class Console
        {
            public static StringWriter Out { get; } = new() { NewLine = "\n" };

            public static void WriteLine(object? value) => Out.WriteLine(value);
        }

        """;

    /// <summary>The name of the class whose Out is what programs have printed.</summary>
    public const string ConsoleName = "Page.Console";

    private readonly StringBuilder _text = new(Usings);
    private readonly List<(string TypeName, string Printed)> _programs = [];

    /// <summary>Writes the file; empty where there is no block.</summary>
    public PageSource(DocumentedPage page)
    {
        var blocks = page.Blocks;
        if (blocks.Count == 0)
        {
            _text.Clear();
            return;
        }

        var roots = blocks.Select(block => CSharpSyntaxTree.ParseText(block.Code).GetCompilationUnitRoot()).ToList();
        if (page.NeedsTorch)
            _text.Append(TorchUsings);
        foreach (var directive in roots.SelectMany(root => root.Usings).Select(directive => directive.ToString()).Distinct().Where(directive => !_text.ToString().Contains(directive, StringComparison.Ordinal)))
            _text.AppendLine(directive);
        _text.Append(Surroundings);
        var name = "Page";
        for (var i = 0; i < blocks.Count; i++)
        {
            // Nested, so that a later block may declare a name again.
            _text.AppendLine($"namespace Block{i}\n{{");
            name += $".Block{i}";
            foreach (var member in roots[i].Members.Where(member => member is not GlobalStatementSyntax))
                _text.AppendLine(member.ToFullString());
            var end = i + 1;
            while (end < blocks.Count && blocks[end].GoesOn)
                end++;
            if (!blocks[i].GoesOn)
                AppendStatements(name, blocks.Take(i..end).ToList(), roots.Take(i..end).SelectMany(root => root.Members.OfType<GlobalStatementSyntax>()).ToList());
        }

        _text.Append('}', blocks.Count + 1);
    }

    /// <summary>The programs, by the classes that have their Run, with what the page says they print.</summary>
    public IReadOnlyList<(string TypeName, string Printed)> Programs => _programs;

    /// <summary>The file.</summary>
    public override string ToString() => _text.ToString();

    private void AppendStatements(string space, List<PageBlock> blocks, List<GlobalStatementSyntax> statements)
    {
        _text.AppendLine($"public static class Statements\n{{\npublic static void Run({blocks[0].Given})\n{{");
        foreach (var statement in statements)
            _text.AppendLine(statement.ToFullString());
        _text.AppendLine("}\n}");
        if (blocks[0].Given is "" && statements.Count > 0)
            _programs.Add(($"{space}.Statements", string.Concat(blocks.Select(block => block.Printed))));
    }
}
