namespace Rllc.Kernels.Tests;

/// <summary>PTX at build time, as the author of a project meets it.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private const string Compiles = "PTX of its optimizers' kernels";

    private readonly ConsumerProject _project = new();

    [Fact]
    public async Task A_build_embeds_what_the_compiler_makes_and_does_so_again_only_where_something_has_changed()
    {
        await Builds(compiles: true);
        var expected = Enum.GetValues<MemoryFormat>().ToDictionary(
            format => $"rllc/MomentumMix.{format}.ptx", format => PtxCompiler.Compile(typeof(MomentumMixByHand), format));
        Assert.Equal(expected, _project.Resources());
        await Builds(compiles: false, "--no-restore");

        _project.Kernels = _project.Kernels.Replace("0.9f", "0.8f", StringComparison.Ordinal);
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
        _project.Kernels = _project.Kernels.Replace("var decay = step.Decay;", "var decay = new object().GetHashCode();", StringComparison.Ordinal);
        var (exitCode, output) = await _project.DotnetAsync("build", "-v:q");

        Assert.Equal(1, exitCode);
        Assert.Contains("): error RLLCPTX: The kernel 'Rllc.Kernels.Tests.MomentumMixByHand.Advance' does not compile for GPUs: ", output, StringComparison.Ordinal);
        Assert.Contains($"{_project.KernelsPath}(", output, StringComparison.Ordinal);
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

        var lengths = Enum.GetValues<MemoryFormat>().Select(format => $"{PtxCompiler.Compile(typeof(MomentumMixByHand), format).Length}\n");
        Assert.Equal((0, string.Concat(lengths) + "False\n"), await _project.RunAsync(_project.PathOf("published/Consumer")));
    }

    public void Dispose() => _project.Dispose();

    private async Task Builds(bool compiles, params string[] arguments)
    {
        var (exitCode, output) = await _project.DotnetAsync("build", arguments);
        Assert.True(exitCode == 0, output);
        Assert.Equal(compiles, output.Contains(Compiles, StringComparison.Ordinal));
    }
}
