using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rllc.Kernels.Tests;

/// <summary>What NVIDIA's assembler makes of a kernel.</summary>
internal sealed record AssembledKernel(string Name, int Registers, int StackBytes, int SpillBytes);

/// <summary>NVIDIA's ptxas, where it is on the PATH.</summary>
internal static class PtxAssembler
{
    /// <summary>
    /// What kernels are assembled for: the oldest architecture, and the one after it for float32, or with RLLC_LONG=1 for every format.
    /// </summary>
    public static string[] Architectures(MemoryFormat format) =>
        format == MemoryFormat.Float32 || Environment.GetEnvironmentVariable("RLLC_LONG") == "1" ? ["sm_80", "sm_90"] : ["sm_80"];

    public const string WhereMissing = "there is no ptxas on the PATH";

    public static bool IsFound { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "ptxas.exe" : "ptxas")));

    /// <summary>Assembles a module and returns its kernels in order of their names.</summary>
    /// <param name="ptx">The text.</param>
    /// <param name="architecture">sm_80 and the like.</param>
    public static async Task<IReadOnlyList<AssembledKernel>> AssembleAsync(byte[] ptx, string architecture)
    {
        var folder = Directory.CreateTempSubdirectory("rllc-ptxas");
        try
        {
            var file = Path.Combine(folder.FullName, "kernels.ptx");
            await File.WriteAllBytesAsync(file, ptx);
            var start = new ProcessStartInfo("ptxas", ["-v", $"-arch={architecture}", file, "-o", Path.Combine(folder.FullName, "kernels.cubin")])
            {
                RedirectStandardError = true,
            };
            using var assembler = Process.Start(start)!;
            var log = await assembler.StandardError.ReadToEndAsync();
            await assembler.WaitForExitAsync();
            Assert.True(assembler.ExitCode == 0, log);
            return [.. Kernels(log).OrderBy(kernel => kernel.Name, StringComparer.Ordinal)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<AssembledKernel> Kernels(string log) => Regex
        .Matches(log, @"entry function '(\w+)' for.*\n.*\n +(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads\n.*Used (\d+) registers")
        .Select(match => new AssembledKernel(match.Groups[1].Value, Number(match, 5), Number(match, 2), Number(match, 3) + Number(match, 4)));

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
