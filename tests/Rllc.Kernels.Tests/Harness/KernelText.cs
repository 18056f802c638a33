using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Rllc.Kernels.Tests;

/// <summary>Compiles kernels to PTX; no device is needed for it.</summary>
internal static class KernelText
{
    /// <summary>Threads of a group for which everything is compiled.</summary>
    public const int Threads = 256;

    private static readonly Lock Gate = new();
    private static readonly Context Context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
    private static readonly PTXBackend Backend = new(Context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
    private static readonly Dictionary<MethodInfo, string> Compiled = [];

    /// <summary>The PTX of a kernel, for sm_80.</summary>
    /// <param name="kernel">A static method with one argument.</param>
    public static string Compile(MethodInfo kernel)
    {
        lock (Gate)
        {
            if (!Compiled.TryGetValue(kernel, out var ptx))
            {
                var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
                Compiled[kernel] = ptx = ((PTXCompiledKernel)Backend.Compile(entry, new KernelSpecialization(Threads, null))).PTXAssembly;
            }

            return ptx;
        }
    }

    /// <summary>The PTX of a kernel that is generic over how M is kept.</summary>
    /// <param name="kernels">A class of emitted kernels.</param>
    /// <param name="name">Project, Advance or ProjectAndAdvance.</param>
    /// <param name="format">How M is kept.</param>
    public static string Compile(Type kernels, string name, MemoryFormat format) =>
        Compile(kernels.GetMethod(name)!.MakeGenericMethod(Element(format)));

    private static Type Element(MemoryFormat format) => format switch
    {
        MemoryFormat.Float32 => typeof(Float32OnDevice),
        MemoryFormat.BFloat16 => typeof(BFloat16OnDevice),
        MemoryFormat.BFloat16Stochastic => typeof(BFloat16StochasticOnDevice),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
