using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>Whatever page there is: its code compiles, and what its commands name is there.</summary>
public sealed class PagesTests
{
    public static TheoryData<string> Pages => [.. DocumentedPage.Paths];

    [SkippableTheory, MemberData(nameof(Pages))]
    public void Code_on_a_page_compiles(string path)
    {
        var page = DocumentedPage.Read(path);
        Skip.If(page.NeedsTorch && !HasTorch, "TorchSharp is not there.");
        Skip.If(page.NeedsIlgpu && !HasIlgpu, "ILGPU is not there.");
        var project = ConsumerProject.Of(page.ToSource()).Referencing([MetadataReference.CreateFromFile(typeof(Cuda.CudaOptimizer).Assembly.Location)]);
        if (page.NeedsTorch)
            project = project.Referencing(TorchReferences.All[^1]);
        if (page.NeedsIlgpu)
            project = project.Referencing(DeviceReferences.All[^1]);
        Assert.Empty(project.Generate().Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
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

    [Fact]
    public void README_and_its_pages_are_among_them() => Assert.Superset(new HashSet<string>(["README.md", "docs/devices.md", "src/Rllc.Runtime/package.md"]), DocumentedPage.Paths.ToHashSet());

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
