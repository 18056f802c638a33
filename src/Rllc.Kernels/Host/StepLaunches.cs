using System.Reflection;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>Which launches make a step on an accelerator of ILGPU.</summary>
internal static class StepLaunches
{
    /// <summary>Those of a linear memory.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="layout">How many groups a pass has, and what M is kept in.</param>
    /// <param name="kind">The kind of step.</param>
    /// <param name="kernels">The class of the optimizer's kernels.</param>
    /// <exception cref="ArgumentException">It lacks one.</exception>
    public static KernelSequence<StepViews> Of(Accelerator accelerator, DeviceLayout layout, StepKind kind, Type kernels)
    {
        return new(accelerator, kind switch
        {
            StepKind.Exact => [Pass("Project"), Law(nameof(SolveKernels.SolveExact)), Pass("Advance")],
            StepKind.Delayed => [Law(nameof(SolveKernels.BeginDelayed)), Pass("ProjectAndAdvance"), Law(nameof(SolveKernels.EndDelayed))],
            _ => new[] { Law(nameof(SolveKernels.BeginFixed)), Pass("Advance") },
        });

        // Without elements there is nothing to pass over.
        (MethodInfo, int) Pass(string name) => (Generic(kernels, name, layout.Format), layout.GroupCount);

        (MethodInfo, int) Law(string name) => (Find(typeof(SolveKernels), name), 1);
    }

    /// <summary>Those of moments.</summary>
    /// <param name="accelerator">Where.</param>
    /// <param name="layout">How many groups a pass has, and what M is kept in.</param>
    /// <param name="needsNorm">Whether a step passes over the gradient for its norm.</param>
    /// <param name="kernels">The class of the optimizer's kernels.</param>
    /// <exception cref="ArgumentException">It lacks one.</exception>
    public static KernelSequence<MomentViews> Of(Accelerator accelerator, TensorLayout layout, bool needsNorm, Type kernels) => new(accelerator,
    [
        (Find(typeof(MomentKernels), nameof(MomentKernels.Norm)), needsNorm ? layout.GroupCount : 0),
        (Find(typeof(MomentKernels), nameof(MomentKernels.Begin)), 1),
        (Generic(kernels, "Advance", layout.Format), layout.GroupCount),
    ]);

    /// <summary>
    /// Threads of a group: on the CPU one warp, because there every thread is one of the system's, which wait for each other at
    /// every barrier.
    /// </summary>
    public static int ThreadsPerGroup(AcceleratorType type) => type == AcceleratorType.CPU ? 32 : TensorLayout.ThreadsPerGroup;

    /// <summary>Most groups of a pass: on the CPU few, because they follow each other and each has its barriers.</summary>
    public static int MostGroups(AcceleratorType type) => type == AcceleratorType.CPU ? 4 : TensorLayout.MostGroups;

    private static MethodInfo Generic(Type kernels, string name, MemoryFormat format) => Find(kernels, name).MakeGenericMethod(format switch
    {
        MemoryFormat.Float32 => typeof(Float32OnDevice),
        MemoryFormat.BFloat16 => typeof(BFloat16OnDevice),
        _ => typeof(BFloat16StochasticOnDevice),
    });

    private static MethodInfo Find(Type kernels, string name) =>
        kernels.GetMethod(name) ?? throw new ArgumentException($"{kernels} has no kernel {name}.", nameof(kernels));
}
