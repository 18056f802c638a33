using System.Reflection;
using Rllc.Spec;

namespace Rllc.Kernels;

/// <summary>The kernels of a step, as methods: three of the optimizer's class and four of the law.</summary>
internal sealed class StepMethods
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Type _kernels;

    /// <summary>Reads what the class is marked with.</summary>
    /// <param name="kernels">The class of an optimizer's kernels.</param>
    /// <exception cref="ArgumentException">It is not marked, or with a spec that is none.</exception>
    public StepMethods(Type kernels)
    {
        _kernels = kernels;
        var mark = kernels.GetCustomAttribute<StepKernelsAttribute>(inherit: false)
            ?? throw new ArgumentException($"'{kernels.FullName}' is no class of kernels: it is not marked with [StepKernels].", nameof(kernels));
        Optimizer = mark.Optimizer;
        try
        {
            Memory = LinearMemory.Parse(mark.Spec);
        }
        catch (SpecException e)
        {
            throw new ArgumentException($"'{kernels.FullName}' is marked with the spec '{mark.Spec}', which is none: {e.Message}", nameof(kernels), e);
        }
    }

    /// <summary>The optimizer's full name in metadata.</summary>
    public string Optimizer { get; }

    /// <summary>Its memory.</summary>
    public LinearMemory Memory { get; }

    /// <summary>The method of an entry.</summary>
    /// <param name="entry">One of <see cref="StepPtx.Entries"/>.</param>
    /// <param name="format">What M is kept in.</param>
    /// <exception cref="ArgumentException">The class has no such kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public MethodInfo Find(string entry, MemoryFormat format)
    {
        if (typeof(SolveKernels).GetMethod(entry, Static) is { } solves)
            return solves;
        var kernels = _kernels.GetMember(entry, MemberTypes.Method, Static).Cast<MethodInfo>().Where(IsKernel).ToList();
        return kernels.Count == 1 ? kernels[0].MakeGenericMethod(Element(format)) : throw new ArgumentException(
            $"'{_kernels.FullName}' lacks the kernel 'static void {entry}<TElement>(StepViews step) where TElement : struct, IDeviceElement'.");
    }

    private static bool IsKernel(MethodInfo method) =>
        method.GetGenericArguments() is [var element]
        && (element.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0
        && element.GetGenericParameterConstraints().Contains(typeof(IDeviceElement))
        && method.ReturnType == typeof(void)
        && method.GetParameters() is [var step] && step.ParameterType == typeof(StepViews);

    private static Type Element(MemoryFormat format) => format switch
    {
        MemoryFormat.Float32 => typeof(Float32OnDevice),
        MemoryFormat.BFloat16 => typeof(BFloat16OnDevice),
        MemoryFormat.BFloat16Stochastic => typeof(BFloat16StochasticOnDevice),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such memory format."),
    };
}
