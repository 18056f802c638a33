extern alias generators;

using System.Globalization;
using generators::Rllc.Generators;
using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>Whatever page there is: its code compiles and prints what the page says, and what it names is there.</summary>
public sealed class PagesTests
{
    public static TheoryData<string> Pages => [.. DocumentedPage.Paths];

    [SkippableTheory, MemberData(nameof(Pages))]
    public async Task Code_on_a_page_compiles_and_prints_what_the_page_says(string path)
    {
        var page = DocumentedPage.Read(path);
        Skip.If(page.NeedsTorch && !HasTorch, "TorchSharp is not there.");
        Skip.If(page.NeedsIlgpu && !HasIlgpu, "ILGPU is not there.");
        var folder = Directory.CreateTempSubdirectory("rllc-page");
        var source = new PageSource(page);
        // What a program saves is in a folder of its own.
        var project = ConsumerProject.Of(source.ToString().Replace("\"run.", $"@\"{folder.FullName}/run.", StringComparison.Ordinal))
            .Referencing([MetadataReference.CreateFromFile(typeof(Cuda.CudaOptimizer).Assembly.Location)]);
        if (page.NeedsTorch)
            project = project.Referencing(TorchReferences.All[^1]);
        if (page.NeedsIlgpu)
            project = project.Referencing(DeviceReferences.All[^1]);
        var generated = project.Generate();

        Assert.Empty(generated.Diagnostics);
        Assert.Empty((await project.AnalyzeAsync(new PropagatorAnalyzer())).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info));
        if (source.Programs.Count > 0)
        {
            var assembly = generated.Load();
            var output = (StringWriter)assembly.GetType(PageSource.ConsoleName)!.GetProperty("Out")!.GetValue(null)!;
            foreach (var (name, printed) in source.Programs)
            {
                output.GetStringBuilder().Clear();
                assembly.GetType(name)!.GetMethod("Run")!.Invoke(null, null);
                Assert.Equal(printed, output.ToString());
            }
        }

        folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Pages))]
    public void Code_that_is_shown_as_generated_is(string path) =>
        Assert.All(DocumentedPage.Read(path).GeneratedCode, shown =>
            Assert.Contains(shown.Code, File.ReadAllText(Path.Combine(Snapshot.Folder, $"{shown.Snapshot}.verified.cs")), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Pages))]
    public async Task Errors_on_a_page_are_what_the_analyzer_says_under_the_same_characters(string path)
    {
        foreach (var (declaration, underline, id, message) in DocumentedPage.Read(path).Errors)
        {
            var diagnostic = Assert.Single(await ConsumerProject.Of($"{declaration}\npublic partial class Shown;", "global using Rllc;").AnalyzeAsync(new PropagatorAnalyzer()));
            Assert.Equal((id, message), (diagnostic.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture)));
            var span = diagnostic.Location.SourceSpan;
            Assert.Equal(underline, new string(' ', span.Start) + new string('~', span.Length));
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void What_the_commands_of_a_page_name_is_there(string path) =>
        Assert.All(DocumentedPage.Read(path).NamedPaths, named => Assert.True(Path.Exists(Path.Combine(DocumentedPage.Root, named)), $"There is no {named}."));

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_to_a_file_and_a_heading_of_it(string path)
    {
        var page = DocumentedPage.Read(path);
        foreach (var link in page.Links)
        {
            var (file, anchor) = (link.Split('#')[0], link.Split('#').ElementAtOrDefault(1));
            var target = file.Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, file);
            Assert.True(Path.Exists(Path.Combine(DocumentedPage.Root, target)), $"{link} is not there.");
            Assert.True(anchor is null || DocumentedPage.Read(target).Anchors.Contains(anchor), $"{link} has no such heading.");
        }
    }

    [Fact]
    public void The_index_leads_to_every_page_of_docs()
    {
        var linked = DocumentedPage.Read("docs/index.md").Links.Select(link => $"docs/{link.Split('#')[0]}").ToHashSet();
        Assert.Empty(DocumentedPage.Paths.Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/index.md").Except(linked));
    }

    // What the tests above would pass over in silence, should pages no longer be found or read.
    [Fact]
    public void Pages_are_read_as_they_are_meant()
    {
        Assert.Superset(new HashSet<string>(["README.md", "docs/devices.md", "src/Rllc.Runtime/package.md"]), DocumentedPage.Paths.ToHashSet());
        Assert.All(["README.md", "docs/generated-code.md", "docs/adam.md"], path => Assert.NotEmpty(DocumentedPage.Read(path).GeneratedCode));
        Assert.NotEmpty(DocumentedPage.Read("README.md").Errors);
        var (_, printed) = Assert.Single(new PageSource(DocumentedPage.Read("docs/first-hour.md")).Programs);
        Assert.Equal(["0: loss 0.6931", "the same bits: True, after 302 steps"], printed.Split('\n').Where((_, line) => line is 0 or 5));
    }

#if HAS_TORCH
    private static bool HasTorch => true;
#else
    private static bool HasTorch => false;
#endif

#if HAS_ILGPU
    private static bool HasIlgpu => true;
#else
    private static bool HasIlgpu => false;
#endif
}
