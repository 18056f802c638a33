using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>The launches of a step, with their kernels compiled for an accelerator.</summary>
internal sealed class StepLaunches
{
    private readonly Accelerator _accelerator;
    private readonly int _threads;
    private readonly (Action<AcceleratorStream, KernelConfig, StepViews> Kernel, KernelConfig Shape)[] _launches;

    /// <summary>Compiles the kernels of one kind of step.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="layout">How many groups a pass has, and what M is kept in.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="kernels">The class of the optimizer's kernels.</param>
    /// <exception cref="ArgumentException">It lacks one.</exception>
    public StepLaunches(Accelerator accelerator, DeviceLayout layout, StepKind kind, Type kernels)
    {
        _accelerator = accelerator;
        _threads = ThreadsPerGroup(accelerator.AcceleratorType);
        var element = layout.Format switch
        {
            MemoryFormat.Float32 => typeof(Float32OnDevice),
            MemoryFormat.BFloat16 => typeof(BFloat16OnDevice),
            _ => typeof(BFloat16StochasticOnDevice),
        };
        // Without elements there is nothing to pass over.
        _launches = kind switch
        {
            StepKind.Exact => [.. Pass("Project"), .. Law(nameof(SolveKernels.SolveExact)), .. Pass("Advance")],
            StepKind.Delayed => [.. Law(nameof(SolveKernels.BeginDelayed)), .. Pass("ProjectAndAdvance"), .. Law(nameof(SolveKernels.EndDelayed))],
            _ => [.. Law(nameof(SolveKernels.BeginFixed)), .. Pass("Advance")],
        };

        (Action<AcceleratorStream, KernelConfig, StepViews>, KernelConfig)[] Pass(string name) =>
            layout.GroupCount == 0 ? [] : [(Load(Find(kernels, name).MakeGenericMethod(element)), new(layout.GroupCount, _threads))];

        (Action<AcceleratorStream, KernelConfig, StepViews>, KernelConfig)[] Law(string name) =>
            [(Load(Find(typeof(SolveKernels), name)), new(1, _threads))];
    }

    /// <summary>
    /// Threads of a group: on the CPU one warp, because there every thread is one of the system's, which wait for each other at
    /// every barrier.
    /// </summary>
    public static int ThreadsPerGroup(AcceleratorType type) => type == AcceleratorType.CPU ? 32 : DeviceLayout.ThreadsPerGroup;

    /// <summary>Most groups of a pass: on the CPU few, because they follow each other and each has its barriers.</summary>
    public static int MostGroups(AcceleratorType type) => type == AcceleratorType.CPU ? 4 : DeviceLayout.MostGroups;

    /// <summary>Queues a step, and returns at once where the accelerator works beside the host.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="step">What the kernels work on.</param>
    public void Launch(AcceleratorStream stream, in StepViews step)
    {
        foreach (var (kernel, shape) in _launches)
            kernel(stream, shape, step);
    }

    private static MethodInfo Find(Type kernels, string name) =>
        kernels.GetMethod(name) ?? throw new ArgumentException($"{kernels} has no kernel {name}.", nameof(kernels));

    private Action<AcceleratorStream, KernelConfig, StepViews> Load(MethodInfo method) =>
        _accelerator.LoadKernel<Action<AcceleratorStream, KernelConfig, StepViews>>(method, new KernelSpecialization(_threads, null));
}
