using System.Reflection.PortableExecutable;
using System.Text;

namespace Rllc.Packages.Tests;

public sealed class PackageTests(PackedFixture packed) : IClassFixture<PackedFixture>
{
    [Fact]
    public void There_is_a_package_for_each_host() => Assert.Equal(
        [
            "Rllc",
            "Rllc.Cuda",
#if HAS_ILGPU
            "Rllc.Kernels",
#endif
#if HAS_TORCH
            "Rllc.Torch",
#endif
        ],
        packed.Ids);

    [Fact]
    public void The_first_one_carries_the_generator_and_nothing_to_depend_on()
    {
        Assert.Equal(
            ["README.md", "Rllc.nuspec", "analyzers/dotnet/cs/Rllc.CodeFixes.dll", "analyzers/dotnet/cs/Rllc.Generators.dll", "analyzers/dotnet/roslyn5.0/cs/Rllc.Completion.dll", "buildTransitive/Rllc.targets", "lib/net10.0/Rllc.Runtime.dll", "lib/net10.0/Rllc.Runtime.xml"],
            packed.Entries("Rllc"));
        Assert.DoesNotContain("<dependency ", Manifest("Rllc"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_package_says_what_it_is_and_has_symbols()
    {
        foreach (var id in packed.Ids)
        {
            Assert.Contains("<license type=\"expression\">MIT</license>", Manifest(id), StringComparison.Ordinal);
            Assert.Contains("<readme>README.md</readme>", Manifest(id), StringComparison.Ordinal);
            Assert.DoesNotContain("<description>Package Description</description>", Manifest(id), StringComparison.Ordinal);
            Assert.StartsWith($"# {id}\n", Encoding.UTF8.GetString(packed.Read(id, "README.md")), StringComparison.Ordinal);
            Assert.Contains(packed.Entries(id, "snupkg"), path => path.EndsWith(".pdb", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_API_of_every_assembly_to_compile_against_is_reviewed()
    {
        foreach (var id in packed.Ids)
        {
            var assembly = Path.GetFileNameWithoutExtension(packed.Entries(id).Single(path => path.StartsWith("lib/", StringComparison.Ordinal) && path.EndsWith(".dll", StringComparison.Ordinal)));
            Assert.True(File.Exists(Path.Combine(PackedFixture.Root, "src", assembly, "api.txt")), $"{id} ships {assembly}, whose API nobody has reviewed.");
        }
    }

    [Fact]
    public void Every_assembly_is_the_same_whenever_it_is_compiled()
    {
        var assemblies = packed.Ids
            .SelectMany(id => packed.Entries(id).Where(path => Path.GetFileName(path).StartsWith("Rllc.", StringComparison.Ordinal) && path.EndsWith(".dll", StringComparison.Ordinal)).Select(path => packed.Read(id, path)))
            .ToList();

        Assert.NotEmpty(assemblies);
        foreach (var assembly in assemblies)
        {
            using var reader = new PEReader(new MemoryStream(assembly));
            Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        }
    }

    [Fact]
    public async Task A_fresh_project_declares_an_optimizer_and_trains_as_the_readme_says()
    {
        var readme = Encoding.UTF8.GetString(packed.Read("Rllc", "README.md"));
        string Block(string language) => readme.Split($"```{language}\n")[1].Split("```")[0];
        var folder = packed.Consumer("Readme", Program("Rllc"), Block("csharp"));

        Assert.Equal(Block("text"), await Dotnet.SucceedsAsync(folder, "run"));
    }

    [Fact]
    public async Task The_compilers_part_does_not_go_to_those_who_use_a_consumer()
    {
        packed.Consumer("Library", Reference("Rllc"), """
            using Rllc;

            [Propagator("M(0.9)")]
            public sealed partial class Momentum;
            """);
        // With the generator this class would be an error: its spec has no meaning.
        var folder = packed.Consumer("App", """
            <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
            <ItemGroup><ProjectReference Include="../Library/Library.csproj" /></ItemGroup>
            """, """
            float[] θ = [1];
            using var optimizer = new Momentum(1, new() { LearningRate = 0.5 });
            optimizer.Step(θ, [1]);
            Console.WriteLine(θ[0]);

            [Rllc.Propagator("X(2)")]
            internal sealed partial class NotGenerated;
            """);
        Assert.Equal("0.5", (await Dotnet.SucceedsAsync(folder, "run")).Trim());
    }

    [SkippableFact]
    public async Task A_program_is_published_trimmed_with_the_runtime_in_it()
    {
        var folder = packed.Consumer("Trimmed", Program("Rllc"), """
            using Rllc;

            float[] θ = [1];
            using var optimizer = new MyAdam(1, new() { LearningRate = 0.25 });
            optimizer.Step(θ, [1]);
            Console.WriteLine(θ[0]);

            [Adam]
            internal sealed partial class MyAdam;
            """);
        string[] target = ["--use-current-runtime", "-p:SelfContained=true", "-p:PublishTrimmed=true"];
        var (restored, log) = await Dotnet.RunAsync(folder, ["restore", .. target]);
        Skip.If(restored != 0, $"the feed has no runtime to publish with a program: {log.Trim()}");

        await Dotnet.SucceedsAsync(folder, ["publish", "--no-restore", .. target, "-o", "published"]);
        var (exitCode, output) = await Dotnet.RunAsync(Path.Combine(folder, "published", "Trimmed"), folder);
        Assert.Equal((0, "0.75\n"), (exitCode, output));
    }

#if HAS_TORCH
    [Fact]
    public async Task The_package_for_TorchSharp_brings_the_generator()
    {
        var folder = packed.Consumer("Torch", Reference("Rllc.Torch"), """
            using Rllc;

            [Propagator("M(0.9)")]
            public sealed partial class Momentum : TorchOptimizer;

            public static class Use
            {
                public static double Law(TorchSharp.torch.nn.Module model)
                {
                    using var optimizer = new Momentum(model.named_parameters(), new() { LearningRate = 0.03 });
                    optimizer.step();
                    return optimizer.Law.M_0_9;
                }
            }
            """);
        await Dotnet.SucceedsAsync(folder, "build");
    }
#endif

#if HAS_ILGPU
    [Fact]
    public async Task The_package_of_kernels_brings_the_generator_and_embeds_PTX()
    {
        var folder = packed.Consumer("Kernels", """
            <PropertyGroup><RllcEmbedPtx>true</RllcEmbedPtx><RllcEmbedPtxFormats>Float32</RllcEmbedPtxFormats></PropertyGroup>
            """ + Reference("Rllc.Kernels"), """
            using Rllc;

            [Propagator("M(0.9)")]
            public sealed partial class Momentum;
            """);
        await Dotnet.SucceedsAsync(folder, "build");
        Assert.True(File.Exists(Path.Combine(folder, "obj", "Debug", "net10.0", "rllc", "ptx", "Momentum.Float32.ptx")));
    }
#endif

    private string Manifest(string id) => Encoding.UTF8.GetString(packed.Read(id, $"{id}.nuspec"));

    private string Reference(string id) => $"""<ItemGroup><PackageReference Include="{id}" Version="{packed.Version}" /></ItemGroup>""";

    private string Program(string id) => "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>" + Reference(id);
}
