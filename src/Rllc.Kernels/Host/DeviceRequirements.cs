using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU.Runtime;

namespace Rllc.Kernels;

/// <summary>Refuses accelerators and classes of kernels that would fail later, or give wrong sums, and says what to do about it.</summary>
internal static class DeviceRequirements
{
    // Where ILGPU generates the code that starts kernels on the CPU.
    private const string LaunchingAssembly = "ILGPURuntime";

    /// <summary>Checks an accelerator. Those that pass have float64.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="warpSize">Threads of a warp.</param>
    /// <param name="mostThreads">The most threads of a group.</param>
    /// <exception cref="NotSupportedException">The kernels do not run there.</exception>
    public static void CheckAccelerator(AcceleratorType type, string name, int warpSize, int mostThreads)
    {
        if (type is not (AcceleratorType.CPU or AcceleratorType.Cuda))
            throw new NotSupportedException(
                $"The kernels reach tensors by their addresses, which {type} does not have ({name}): use a CUDA accelerator or the CPU's.");
        if (warpSize != 32)
            throw new NotSupportedException(FormattableString.Invariant(
                $"The kernels sum over warps of 32 threads; those of {name} have {warpSize}. Create ILGPU's CPU accelerator with builder.CPU(CPUDeviceKind.Nvidia)."));
        var threads = DeviceGroups.ThreadsPerGroup(type);
        if (mostThreads < threads)
            throw new NotSupportedException(FormattableString.Invariant(
                $"The kernels run in groups of {threads} threads; {name} has {mostThreads} at most."));
    }

    /// <summary>Checks the class of the kernel of an optimizer by moments.</summary>
    /// <param name="kernels">The class.</param>
    /// <param name="formula">The optimizer's formula.</param>
    /// <param name="type">The type of the accelerator that is to run them.</param>
    /// <exception cref="ArgumentException">It is of another formula, or no kernel at all.</exception>
    /// <exception cref="NotSupportedException">The accelerator could not see it.</exception>
    public static void CheckKernels(Type kernels, MomentFormula formula, AcceleratorType type)
    {
        if (kernels.GetCustomAttribute<MomentKernelsAttribute>() is not { Formula: var own })
            throw new ArgumentException($"{kernels} is not a class of generated kernels.", nameof(kernels));
        if (own != formula)
            throw new ArgumentException($"{kernels} has the kernel of {own}, not of {formula}.", nameof(kernels));
        CheckVisibility(kernels, type);
    }

    /// <summary>Checks the class of an optimizer's kernels.</summary>
    /// <param name="kernels">The class.</param>
    /// <param name="memory">The optimizer's memory.</param>
    /// <param name="type">The type of the accelerator that is to run them.</param>
    /// <exception cref="ArgumentException">They are of another memory, or no kernels at all.</exception>
    /// <exception cref="NotSupportedException">The accelerator could not see them.</exception>
    public static void CheckKernels(Type kernels, MemoryRule memory, AcceleratorType type)
    {
        var own = kernels.GetCustomAttribute<KernelsAttribute>() switch
        {
            StepKernelsAttribute mark => mark.Spec,
            RuleKernelsAttribute mark => mark.Memory.ToString(),
            _ => throw new ArgumentException($"{kernels} is not a class of generated kernels.", nameof(kernels)),
        };
        var wanted = memory is LinearMemory linear ? linear.Spec?.ToString() : memory.ToString();
        if (wanted != own)
            throw new ArgumentException($"{kernels} has the kernels of {own}, not of {wanted ?? "a memory without a spec"}.", nameof(kernels));
        CheckVisibility(kernels, type);
    }

    private static void CheckVisibility(Type kernels, AcceleratorType type)
    {
        if (type == AcceleratorType.CPU && !IsVisibleToLauncher(kernels))
            throw new NotSupportedException(
                $"On the CPU, ILGPU starts kernels from an assembly of its own, which cannot see {kernels}: make that class and those around it public, "
                + $"or declare [assembly: InternalsVisibleTo(\"{LaunchingAssembly}\")] in {kernels.Assembly.GetName().Name}.");
    }

    private static bool IsVisibleToLauncher(Type kernels)
    {
        if (kernels.IsVisible)
            return true;
        for (var type = kernels; type is not null; type = type.DeclaringType)
            if (type.IsNestedPrivate || type.IsNestedFamily || type.IsNestedFamANDAssem)
                return false;
        return kernels.Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Any(friend => new AssemblyName(friend.AssemblyName).Name == LaunchingAssembly);
    }
}
