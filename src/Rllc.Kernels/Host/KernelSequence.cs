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
    /// <param name="layout">How many groups a pass has, and what M is kept in.</param>
    /// <param name="launches">Which, in their order.</param>
    /// <param name="kernels">The class of the optimizer's kernels.</param>
    /// <exception cref="ArgumentException">It lacks one.</exception>
    public KernelSequence(Accelerator accelerator, TensorLayout layout, ReadOnlySpan<StepLaunch> launches, Type kernels)
    {
        var threads = DeviceGroups.ThreadsPerGroup(accelerator.AcceleratorType);
        var methods = KernelMethods.Of(kernels);
        _launches =
        [
            .. from launch in launches.ToArray()
               let groups = launch.IsPass ? layout.GroupCount : 1
               // Without elements there is nothing to pass over.
               where groups > 0
               let method = methods.Find(launch.Kernel, layout.Format)
               select (
                   accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, TViews>>(method, new KernelSpecialization(threads, null)),
                   new KernelConfig(groups, threads)),
        ];
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
