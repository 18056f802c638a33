using System.Reflection;

namespace Rllc.Kernels;

/// <summary>A kernel does not compile for GPUs. The message says which and why.</summary>
public sealed class KernelException : Exception
{
    internal KernelException(MethodInfo kernel, string reason, Exception? inner = null)
        : base($"The kernel '{kernel.DeclaringType!.FullName}.{kernel.Name}' does not compile for GPUs: {reason}", inner) => Kernel = kernel;

    /// <summary>The method that is the kernel.</summary>
    public MethodInfo Kernel { get; }
}
