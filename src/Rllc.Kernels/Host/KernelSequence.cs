using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>The launches of a step, with their kernels compiled for an accelerator.</summary>
/// <typeparam name="TViews">The argument of each.</typeparam>
internal sealed class KernelSequence<TViews> where TViews : struct
{
    private readonly (Action<AcceleratorStream, KernelConfig, TViews> Kernel, KernelConfig Shape)[] _launches;

    /// <summary>Compiles the kernels.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="kernels">The kernels in order, each with its number of groups; those of no group are left out.</param>
    public KernelSequence(Accelerator accelerator, IEnumerable<(MethodInfo Method, int Groups)> kernels)
    {
        var threads = StepLaunches.ThreadsPerGroup(accelerator.AcceleratorType);
        _launches = [.. kernels.Where(kernel => kernel.Groups > 0).Select(kernel => (
            accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, TViews>>(kernel.Method, new KernelSpecialization(threads, null)),
            new KernelConfig(kernel.Groups, threads)))];
    }

    /// <summary>Queues a step, and returns at once where the accelerator works beside the host.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="step">What the kernels work on.</param>
    public void Launch(AcceleratorStream stream, in TViews step)
    {
        foreach (var (kernel, shape) in _launches)
            kernel(stream, shape, step);
    }
}
