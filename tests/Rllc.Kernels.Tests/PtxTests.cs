using System.Text.RegularExpressions;

namespace Rllc.Kernels.Tests;

public class PtxTests
{
    [Theory]
    [InlineData(nameof(SolveKernels.SolveExact))]
    [InlineData(nameof(SolveKernels.BeginDelayed))]
    [InlineData(nameof(SolveKernels.EndDelayed))]
    [InlineData(nameof(SolveKernels.BeginFixed))]
    public void The_kernels_compile_for_a_GPU_as_they_are_written(string method)
    {
        var ptx = Compile(method);
        Assert.Contains(".target sm_80", ptx);
        Assert.Matches($@"\.visible \.entry Kernel_{method}\(", ptx);
        // One argument: 16 views of 16 bytes, the number of rows, that of chunks and what aligns the next.
        var parameters = Regex.Matches(Regex.Match(ptx, @"\.entry [^)]*\)").Value, @"\.b8 [^\[]*\[(\d+)\]").Select(match => match.Groups[1].Value);
        Assert.Equal([$"{16 * 16 + 8 + 8}"], parameters);
        // Fast division or square roots would part the law from the host's.
        Assert.DoesNotContain(".approx", ptx);
        Assert.DoesNotContain(".full", ptx);
        // What ILGPU cannot resolve it declares as external, and nothing would load it.
        Assert.DoesNotContain(".extern", ptx);
    }

    [Fact]
    public void Everything_shared_fits_what_every_GPU_gives_a_group()
    {
        var sizes = Regex.Matches(Compile(nameof(SolveKernels.SolveExact)), @"\.shared [^\[;]*\.b(\d+) [^\[;]*\[(\d+)\]")
            .Select(match => int.Parse(match.Groups[1].Value) / 8 * int.Parse(match.Groups[2].Value)).ToList();
        Assert.Equal(9, sizes.Count);
        Assert.InRange(sizes.Sum(), 16 * 1024, 48 * 1024);
    }

    private static string Compile(string method) => KernelText.Compile(typeof(SolveKernels).GetMethod(method)!);
}
