using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rllc.Kernels.Tests;

/// <summary>NVIDIA's assembler, where it is found: what a kernel needs of a GPU.</summary>
internal static partial class Ptxas
{
    /// <summary>The assembler's path, or null where it is not on the PATH.</summary>
    public static readonly string? Path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "ptxas.exe" : "ptxas"))
        .FirstOrDefault(File.Exists);

    /// <summary>What a kernel takes of a thread.</summary>
    /// <param name="Registers">32-bit registers.</param>
    /// <param name="Frame">Bytes of local memory.</param>
    public sealed record Usage(int Registers, int Frame);

    /// <summary>Assembles the only kernel of a module.</summary>
    /// <param name="ptx">The module.</param>
    /// <param name="architecture">Such as sm_80.</param>
    public static Usage Assemble(string ptx, string architecture)
    {
        var folder = Directory.CreateTempSubdirectory("rllc-ptxas");
        try
        {
            var source = System.IO.Path.Combine(folder.FullName, "kernel.ptx");
            File.WriteAllText(source, ptx);
            var start = new ProcessStartInfo(Path!, ["-v", $"-arch={architecture}", source, "-o", System.IO.Path.Combine(folder.FullName, "kernel.cubin")])
            {
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var output = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
            return new(Number(Registers().Match(output)), Number(Frame().Match(output)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Frame();
}
