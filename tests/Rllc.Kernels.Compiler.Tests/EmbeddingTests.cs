namespace Rllc.Kernels.Compiler.Tests;

/// <summary>PTX at build time, as the author of a project meets it.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private const string Compiles = "PTX of its optimizers' kernels";

    private readonly ConsumerProject _project = new();

    [Fact]
    public async Task A_build_embeds_what_the_compiler_makes_and_does_so_again_only_where_something_has_changed()
    {
        await Builds(compiles: true);
        var expected = Enum.GetValues<MemoryFormat>().ToDictionary(format => $"rllc/MomentumMix.{format}.ptx", Module);
        Assert.Equal(expected, _project.Resources());
        await Builds(compiles: false, "--no-restore");

        _project.Optimizer = _project.Optimizer.Replace("M(0.9)", "M(0.8)", StringComparison.Ordinal);
        await Builds(compiles: true, "--no-restore", "-p:RllcEmbedPtxFormats=bfloat16");
        var (name, ptx) = Assert.Single(_project.Resources());
        Assert.Equal("rllc/MomentumMix.BFloat16.ptx", name);
        Assert.NotEqual(expected[name], ptx);

        // What is embedded no more changes no source file, and yet the assembly.
        await Builds(compiles: false, "--no-restore", "-p:RllcEmbedPtx=false");
        Assert.Empty(_project.Resources());

        Assert.Equal(0, (await _project.DotnetAsync("clean", "-v:q")).ExitCode);
        Assert.Empty(Directory.EnumerateFiles(_project.PathOf("obj"), "*.ptx", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateDirectories(_project.PathOf("obj"), "rllc", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_kernel_that_does_not_compile_is_an_error_of_the_build_in_the_file_that_declares_it()
    {
        // The generator prints none such: kernels by hand, one of which allocates.
        _project.Optimizer += """

            [Rllc.Kernels.StepKernels("MomentumMix", MomentumMix.Spec)]
            public static class Faulty
            {
                public static void Project<TElement>(Rllc.Kernels.StepViews step) where TElement : struct, Rllc.Kernels.IDeviceElement
                {
                    var chunk = step.Chunk(0);
                    chunk.StoreParameter(0, new object().GetHashCode());
                }

                public static void Advance<TElement>(Rllc.Kernels.StepViews step) where TElement : struct, Rllc.Kernels.IDeviceElement => Project<TElement>(step);

                public static void ProjectAndAdvance<TElement>(Rllc.Kernels.StepViews step) where TElement : struct, Rllc.Kernels.IDeviceElement => Project<TElement>(step);
            }
            """;
        var (exitCode, output) = await _project.DotnetAsync("build", "-v:q");

        Assert.Equal(1, exitCode);
        Assert.Contains("): error RLLCPTX: The kernel 'Faulty.Project' does not compile for GPUs: ", output, StringComparison.Ordinal);
        Assert.Contains($"{_project.OptimizerPath}(", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_project.PathOf("bin")) && Directory.EnumerateFiles(_project.PathOf("bin"), "Consumer.dll", SearchOption.AllDirectories).Any());
    }

    [SkippableFact]
    public async Task A_trimmed_program_with_references_of_references_reads_its_kernels_without_ILGPU()
    {
        _project.ReferenceLibraries();
        string[] target = ["--use-current-runtime", "--self-contained", "-p:PublishTrimmed=true"];
        var (restored, log) = await _project.DotnetAsync("restore", "--use-current-runtime", "-p:SelfContained=true", "-p:PublishTrimmed=true");
        Skip.If(restored != 0, $"the feed has no runtime to publish with a program: {log.Trim()}");

        var (exitCode, output) = await _project.DotnetAsync("publish", ["--no-restore", .. target, "-o", _project.PathOf("published"), "-v:q"]);
        Assert.True(exitCode == 0, output);
        Assert.Empty(Directory.EnumerateFiles(_project.PathOf("published"), "ILGPU*"));
        Assert.False(File.Exists(_project.PathOf("published/Rllc.Kernels.dll")));
        Assert.Contains("rllc/Holder+Nested.Float32.ptx", Directory.EnumerateFiles(_project.PathOf("obj"), "*.ptx", SearchOption.AllDirectories).Select(file => $"rllc/{Path.GetFileName(file)}"));

        var lengths = Enum.GetValues<MemoryFormat>().Select(format => $"{Module(format).Length}\n");
        Assert.Equal((0, string.Concat(lengths) + "False\n"), await _project.RunAsync(_project.PathOf("published/Consumer")));
    }

    public void Dispose() => _project.Dispose();

    private static byte[] Module(MemoryFormat format) => PtxCompiler.Compile(typeof(MomentumMix.DeviceKernels), format);

    private async Task Builds(bool compiles, params string[] arguments)
    {
        var (exitCode, output) = await _project.DotnetAsync("build", arguments);
        Assert.True(exitCode == 0, output);
        Assert.Equal(compiles, output.Contains(Compiles, StringComparison.Ordinal));
    }
}
