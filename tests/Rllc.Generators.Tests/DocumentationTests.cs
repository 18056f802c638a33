using System.Text.RegularExpressions;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed partial class DocumentationTests
{
    private static readonly string[] Pages = ["README.md", "docs/generated-code.md"];

    public static TheoryData<string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string>();
            foreach (Match block in Pages.SelectMany(page => GeneratedBlock().Matches(Read(page))))
                blocks.Add(block.Groups["file"].Value, block.Groups["code"].Value);
            return blocks;
        }
    }

    [Fact]
    public void Every_page_shows_generated_code() => Assert.All(Pages, page => Assert.Matches(GeneratedBlock(), Read(page)));

    [Theory, MemberData(nameof(Blocks))]
    public void Code_on_a_page_is_code_that_is_generated(string file, string code) =>
        Assert.Contains(code, File.ReadAllText(Path.Combine(Snapshot.Folder, $"{file}.verified.cs")), StringComparison.Ordinal);

    private static string Read(string page) => File.ReadAllText(Path.Combine(Snapshot.Folder, "../../..", page));

    [GeneratedRegex("<!-- (?<file>[^ ]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex GeneratedBlock();
}
