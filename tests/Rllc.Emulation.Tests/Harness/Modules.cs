using System.Collections.Concurrent;
using Rllc.Kernels;

namespace Rllc.Emulation.Tests;

/// <summary>The PTX of declared optimizers, compiled once.</summary>
internal static class Modules
{
    private static readonly ConcurrentDictionary<(Type, MemoryFormat), byte[]> Compiled = new();

    public static byte[] Of(Type optimizer, MemoryFormat format) =>
        Compiled.GetOrAdd((optimizer, format), key => PtxCompiler.Compile(key.Item1.GetNestedType("DeviceKernels")!, key.Item2));
}
