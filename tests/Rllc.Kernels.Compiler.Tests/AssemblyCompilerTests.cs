namespace Rllc.Kernels.Compiler.Tests;

public sealed class AssemblyCompilerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rllc-ptx");

    [Fact]
    public void Every_class_of_kernels_that_does_not_compile_is_reported_with_its_file_and_nothing_is_written()
    {
        File.WriteAllText(PathOf("Earlier.Float32.ptx"), "");
        var errors = new StringWriter();
        var succeeded = new AssemblyCompiler(typeof(AssemblyCompilerTests).Assembly.Location, new(_folder.FullName), errors).Compile([MemoryFormat.Float32]);

        Assert.False(succeeded);
        // Other tests' classes are marked as well.
        var lines = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("Faulty.", StringComparison.Ordinal)).ToList();
        Assert.All(lines, line => Assert.Matches(@"(FaultyKernels\.cs(\(\d+\))?|\.dll) : error RLLCPTX: .*'Rllc\.Kernels\.Tests\.Faulty\.", line));
        Assert.Equal(["Allocating", "Incomplete", "Misspelt", "Unresolved"], lines.Select(line => line.Split("Faulty.")[1].Split("Kernels")[0]));
        Assert.Equal(["Earlier.Float32.ptx"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public void Files_are_named_as_the_resources_are_and_those_of_removed_optimizers_are_deleted()
    {
        var folder = new PtxFolder(_folder.FullName);
        File.WriteAllText(PathOf("Removed.Float32.ptx"), "");
        File.WriteAllText(PathOf("Removed.txt"), "");
        folder.Add("Example.Outer+Mix", MemoryFormat.BFloat16, [1, 2]);
        folder.Commit();

        Assert.Equal(["Example.Outer+Mix.BFloat16.ptx", "Removed.txt"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], File.ReadAllBytes(PathOf("Example.Outer+Mix.BFloat16.ptx")));
    }

    [Fact]
    public void Two_optimizers_that_would_share_a_file_are_refused()
    {
        var folder = new PtxFolder(_folder.FullName);
        folder.Add("Example.Mix", MemoryFormat.Float32, []);
        Assert.Contains("'Example.MIX'", Assert.Throws<ArgumentException>(() => folder.Add("Example.MIX", MemoryFormat.Float32, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_kernels_gives_no_files() =>
        Assert.True(new AssemblyCompiler(typeof(Optimizer).Assembly.Location, new(_folder.FullName), TextWriter.Null).Compile([MemoryFormat.Float32]));

    [Fact]
    public void Formats_are_names_in_any_case_and_nothing_else()
    {
        string[] arguments = [typeof(Optimizer).Assembly.Location, "--output", _folder.FullName];
        Assert.Empty(new CompileCommand().Parse([.. arguments, "--format", "float32", "--format", "BFloat16"]).Errors);
        var parsed = new CompileCommand().Parse([.. arguments, "--format", "Float16", "--format", "1"]);
        Assert.Equal(
            ["'Float16' is no memory format: there are Float32, BFloat16, BFloat16Stochastic.", "'1' is no memory format: there are Float32, BFloat16, BFloat16Stochastic."],
            parsed.Errors.Select(error => error.Message));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
