using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Rllc.Kernels;

/// <summary>
/// Compiles the kernels of an optimizer to PTX for NVIDIA's GPUs of compute capability 8.0 and newer; needs neither a GPU nor
/// CUDA. The text depends on the kernels alone: it is the same bytes in every process, on every machine and in every culture.
/// Thread-safe.
/// </summary>
public static class PtxCompiler
{
    // What the driver compiles for every newer GPU.
    private const string Target = ".version 7.0\n.target sm_80\n.address_size 64\n";

    // The same for every optimizer of a kind, whatever the format, and half of the work.
    private static readonly ConcurrentDictionary<MethodInfo, string> CommonKernels = new();

    /// <summary>Compiles all kernels of a step to one module.</summary>
    /// <param name="kernels">The class of an optimizer's kernels, which is marked with a <see cref="KernelsAttribute"/>.</param>
    /// <param name="format">What M is kept in: one of <see cref="FormatsOf"/>.</param>
    /// <returns>The text, in ASCII, after a line that says whose it is.</returns>
    /// <exception cref="ArgumentException">The class is not marked, is marked with a spec that is none, or lacks a kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format, or not for this optimizer.</exception>
    /// <exception cref="KernelException">A kernel does not compile.</exception>
    public static byte[] Compile(Type kernels, MemoryFormat format)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        var step = KernelMethods.Of(kernels);
        var texts = step.Entries.Select(entry => Text(step.Find(entry, format), entry));
        return step.Compose(format, Target + PtxNames.Renumber(string.Concat(texts)));
    }

    /// <summary>What the memory of an optimizer can be kept in.</summary>
    /// <param name="kernels">The class of its kernels.</param>
    /// <exception cref="ArgumentException">The class is not marked, or with a spec that is none.</exception>
    public static IReadOnlyList<MemoryFormat> FormatsOf(Type kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        return KernelMethods.Of(kernels).Formats;
    }

    private static string Text(MethodInfo kernel, string entry) =>
        kernel.IsGenericMethod ? Compile(kernel, entry) : CommonKernels.GetOrAdd(kernel, _ => Compile(kernel, entry));

    private static string Compile(MethodInfo kernel, string entry)
    {
        // ILGPU writes negative numbers in the culture's way.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var (text, name) = Compile(kernel);
            return Body(kernel, text).Replace($".entry {name}(", $".entry {entry}(", StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    // A context keeps what it has compiled, and the order of moves in a kernel depends on it: hence one for each kernel.
    private static (string Text, string Name) Compile(MethodInfo kernel)
    {
        try
        {
            using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).DebugSymbols(DebugSymbolsMode.Disabled));
            using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, nvvmAPI: null!);
            var compiled = (PTXCompiledKernel)backend.Compile(
                EntryPointDescription.FromExplicitlyGroupedKernel(kernel), new KernelSpecialization(TensorLayout.ThreadsPerGroup, null));
            return (compiled.PTXAssembly.ReplaceLineEndings("\n"), compiled.Name);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new KernelException(kernel, Reason(e), e);
        }
    }

    // Without what every kernel's text begins with.
    private static string Body(MethodInfo kernel, string text)
    {
        var start = text.IndexOf(Target, StringComparison.Ordinal);
        if (start < 0)
            throw new KernelException(kernel, "its text is not for the target that was asked for");
        // What ILGPU does not know it declares as external, and the driver would find it missing.
        if (text.Contains(".extern", StringComparison.Ordinal))
            throw new KernelException(kernel, "it uses a function that ILGPU has no code for");
        return text[(start + Target.Length)..];
    }

    // ILGPU wraps the reason in errors that say nothing but where.
    private static string Reason(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return e.Message.ReplaceLineEndings(" ");
    }
}
