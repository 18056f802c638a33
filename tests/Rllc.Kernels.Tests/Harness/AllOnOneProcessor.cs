using System.Runtime.CompilerServices;

namespace Rllc.Kernels.Tests;

/// <summary>Nearly all of these tests are on the CPU accelerator.</summary>
internal static class AllOnOneProcessor
{
    [ModuleInitializer]
    internal static void Keep() => OneProcessor.KeepAll();
}
