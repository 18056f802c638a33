using System.Text.RegularExpressions;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed partial class DocumentationTests
{
    private static readonly string[] Pages = ["README.md", "docs/generated-code.md", "docs/adam.md"];

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

    [Fact]
    public void Code_about_several_tensors_compiles_and_steps()
    {
        var code = string.Concat(AnyBlock().Matches(Read("docs/several-tensors.md")).Select(block => block.Groups["code"].Value));
        var assembly = ConsumerProject.Of($$"""
            using System;
            using System.Linq;
            using Rllc;

            [Propagator("M(0.9) ⊕ M(0)")]
            internal sealed partial class MomentumMix;

            internal static class Page
            {
                public static long Run()
                {
                    {{code}}
                    return optimizer.StepCount;
                }
            }
            """).Generate().Load();

        Assert.Equal(1L, assembly.GetType("Page")!.GetMethod("Run")!.Invoke(null, null));
    }

    [Fact]
    public void Code_about_Adam_prints_what_the_page_says()
    {
        var page = Read("docs/adam.md");
        var blocks = AnyBlock().Matches(page).Select(block => block.Groups["code"].Value).ToList();
        var assembly = ConsumerProject.Of($$"""
            using System;
            using Rllc;

            {{blocks[0]}}

            internal static class Page
            {
                public static string Run()
                {
                    var Console = new System.IO.StringWriter() { NewLine = "\n" };
                    {{blocks[1]}}
                    return Console.ToString();
                }
            }
            """).Generate().Load();

        Assert.Equal(PrintedBlock().Match(page).Groups["text"].Value, assembly.GetType("Page")!.GetMethod("Run")!.Invoke(null, null));
    }

    [Fact]
    public void The_first_hour_prints_what_the_page_says()
    {
        var page = Read("docs/first-hour.md");
        var blocks = AnyBlock().Matches(page).Select(block => block.Groups["code"].Value).ToList();
        Assert.Equal(5, blocks.Count);
        var folder = Directory.CreateTempSubdirectory("rllc-first-hour");
        var file = Path.Combine(folder.FullName, "run.safetensors");
        var statements = string.Concat(blocks.Skip(2)).Replace("\"run.safetensors\"", $"@\"{file}\"", StringComparison.Ordinal);
        var assembly = ConsumerProject.Of($$"""
            {{blocks[0]}}
            """, $$"""
            using System;
            using System.Linq;

            {{blocks[1]}}

            internal static class Page
            {
                public static string Run()
                {
                    var Console = new System.IO.StringWriter() { NewLine = "\n" };
                    {{statements}}
                    return Console.ToString();
                }
            }
            """).Generate().Load();

        // The first one is what is typed in a shell.
        var printed = PrintedBlock().Matches(page).Skip(1).Select(block => block.Groups["text"].Value);
        Assert.Equal(string.Concat(printed), assembly.GetType("Page")!.GetMethod("Run")!.Invoke(null, null));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Code_about_memory_rules_compiles_and_prints_what_the_page_says()
    {
        var page = Read("docs/memory-rules.md");
        var blocks = AnyBlock().Matches(page).Select(block => block.Groups["code"].Value).ToList();
        var assembly = ConsumerProject.Of($$"""
            using System;
            using Rllc;

            {{blocks[0]}}

            {{string.Concat(blocks.Skip(2))}}

            internal static class Page
            {
                public static string Run()
                {
                    var Console = new System.IO.StringWriter() { NewLine = "\n" };
                    {{blocks[1]}}
                    return Console.ToString();
                }
            }
            """).Generate().Load();

        Assert.Equal(4, blocks.Count);
        Assert.Equal(PrintedBlock().Match(page).Groups["text"].Value, assembly.GetType("Page")!.GetMethod("Run")!.Invoke(null, null));
    }

    [Fact]
    public void Code_about_checkpoints_compiles_for_a_span_and_for_a_list()
    {
        var code = string.Concat(AnyBlock().Matches(Read("docs/checkpoints.md")).Select(block => block.Groups["code"].Value));
        Assert.Contains("Save(", code, StringComparison.Ordinal);
        foreach (var type in (string[])["float[]", "Memory<float>[]"])
        {
            var project = ConsumerProject.Of($$"""
                using System;
                using Rllc;

                internal static class Page
                {
                    public static void Run(Optimizer optimizer, {{type}} parameters)
                    {
                        {{code}}
                    }
                }
                """);
            Assert.Empty(project.Generate().Diagnostics);
        }
    }

    [Fact]
    public void Code_about_wrappers_prints_what_the_page_says()
    {
        var page = Read("docs/wrappers.md");
        var blocks = AnyBlock().Matches(page).Select(block => block.Groups["code"].Value).Where(block => !block.Contains("torch", StringComparison.OrdinalIgnoreCase)).ToList();
        var assembly = ConsumerProject.Of($$"""
            using System;
            using System.Text;
            using Rllc;

            [Propagator("M(0.9) ⊕ M(0)")]
            internal sealed partial class MomentumMix;

            internal static class Page
            {
                {{string.Concat(blocks.Select((block, index) => $"private static void Block{index}() {{ {block} }}\n"))}}

                public static string Run()
                {
                    {{string.Concat(blocks.Select((_, index) => $"Block{index}();"))}}
                    return Console.Text.ToString();
                }

                private static class Console
                {
                    public static StringBuilder Text { get; } = new();

                    public static void WriteLine(string line) => Text.Append(line).Append('\n');
                }
            }
            """).Generate().Load();

        Assert.Equal(2, blocks.Count);
        Assert.Equal(string.Concat(PrintedBlock().Matches(page).Select(block => block.Groups["text"].Value)), assembly.GetType("Page")!.GetMethod("Run")!.Invoke(null, null));
    }

#if HAS_TORCH
    [Fact]
    public void Code_about_wrappers_of_TorchSharp_compiles()
    {
        var blocks = AnyBlock().Matches(Read("docs/wrappers.md")).Select(block => block.Groups["code"].Value).Where(block => block.Contains("torch", StringComparison.Ordinal)).ToList();
        var project = ConsumerProject.Of($$"""
            using System;
            using Rllc;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            internal abstract class Page
            {
                protected abstract TorchSharp.Modules.Sequential model { get; }
                protected abstract Tensor x { get; }
                protected abstract Tensor y { get; }

                {{string.Concat(blocks.Select((block, index) => $"public void Block{index}() {{ {block} }}"))}}
            }
            """).Referencing(TorchReferences.Real).Generate();

        Assert.Equal(2, blocks.Count);
        Assert.Empty(project.Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
    }

    [Fact]
    public void Code_about_TorchSharp_compiles()
    {
        var blocks = AnyBlock().Matches(Read("docs/torchsharp.md")).Select(block => block.Groups["code"].Value).ToList();
        Assert.StartsWith("[Propagator(", blocks[0], StringComparison.Ordinal);
        var project = ConsumerProject.Of($$"""
            using System;
            using System.Linq;
            using Rllc;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            {{blocks[0]}}

            internal abstract class Page
            {
                protected abstract TorchSharp.Modules.Sequential model { get; }
                protected abstract Tensor x { get; }
                protected abstract Tensor y { get; }
                protected abstract MomentumMix optimizer { get; }

                {{string.Concat(blocks.Skip(1).Select((block, index) => $"public void Block{index}() {{ {block} }}"))}}
            }
            """).Referencing(TorchReferences.Real).Generate();
        Assert.Empty(project.Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        Assert.Equal(3, project.Files.Count);
    }
#endif

    private static string Read(string page) => File.ReadAllText(Path.Combine(Snapshot.Folder, "../../..", page));

    [GeneratedRegex("<!-- (?<file>[^ ]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex GeneratedBlock();

    [GeneratedRegex("```text\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex PrintedBlock();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex AnyBlock();
}
