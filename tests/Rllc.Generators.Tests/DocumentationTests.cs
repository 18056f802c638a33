using System.Text.RegularExpressions;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Snapshot.Folder, "../../../docs/generated-code.md"));

    public static TheoryData<string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string>();
            foreach (Match block in GeneratedBlock().Matches(Page))
                blocks.Add(block.Groups["file"].Value, block.Groups["code"].Value);
            return blocks;
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public void Code_on_the_page_is_code_that_is_generated(string file, string code) =>
        Assert.Contains(code, File.ReadAllText(Path.Combine(Snapshot.Folder, $"{file}.verified.cs")), StringComparison.Ordinal);

    [GeneratedRegex("<!-- (?<file>[^ ]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex GeneratedBlock();
}
