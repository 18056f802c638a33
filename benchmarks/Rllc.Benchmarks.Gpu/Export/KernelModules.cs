using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Rllc.Kernels;

namespace Rllc.Benchmarks.Gpu;

/// <summary>The PTX of all kernels of a step, one module for each of them; no device is needed.</summary>
internal static class KernelModules
{
    /// <summary>Compiles the kernels.</summary>
    /// <param name="kernels">The class that is marked as an optimizer's kernels.</param>
    /// <param name="format">What M is kept in.</param>
    /// <returns>By entry, the text of the module, whose only kernel has the entry's name.</returns>
    public static IReadOnlyDictionary<string, string> Compile(Type kernels, MemoryFormat format)
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        return StepPtx.Entries.ToDictionary(entry => entry, entry =>
        {
            var description = EntryPointDescription.FromExplicitlyGroupedKernel(Method(kernels, entry, format));
            var compiled = (PTXCompiledKernel)backend.Compile(description, new KernelSpecialization(DeviceLayout.ThreadsPerGroup, null));
            return compiled.PTXAssembly.Replace(compiled.Name, entry, StringComparison.Ordinal);
        });
    }

    private static MethodInfo Method(Type kernels, string entry, MemoryFormat format) =>
        typeof(SolveKernels).GetMethod(entry) ?? kernels.GetMethod(entry)!.MakeGenericMethod(Element(format));

    private static Type Element(MemoryFormat format) => format switch
    {
        MemoryFormat.Float32 => typeof(Float32OnDevice),
        MemoryFormat.BFloat16 => typeof(BFloat16OnDevice),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Float32 and BFloat16 are measured."),
    };
}
