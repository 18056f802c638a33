using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.FormattableString;

namespace Rllc.Benchmarks.Roofline;

/// <summary>What the figures are of.</summary>
internal static class Machine
{
    /// <summary>Processor, vectors, threads, runtime and system in one line.</summary>
    public static string Description => Invariant(
        $"{Processor()}, {Environment.ProcessorCount} threads, vectors of {VectorBits} bits, {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}");

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    // Linux says it in a file, Windows in the environment; elsewhere the architecture has to do.
    private static string Processor()
    {
        const string file = "/proc/cpuinfo", key = "model name";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? "unknown processor";
    }
}
