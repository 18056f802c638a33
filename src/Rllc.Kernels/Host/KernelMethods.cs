using System.Reflection;

namespace Rllc.Kernels;

/// <summary>The kernels of a step, as methods: those of the optimizer's class, and those that are the same for all of its kind.</summary>
internal abstract class KernelMethods
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Type _kernels;
    private readonly Type _common;
    private readonly Type _argument;

    private protected KernelMethods(Type kernels, Type common, Type argument) => (_kernels, _common, _argument) = (kernels, common, argument);

    /// <summary>Reads what a class is marked with.</summary>
    /// <param name="kernels">The class of an optimizer's kernels.</param>
    /// <exception cref="ArgumentException">It is not marked, or with a spec that is none.</exception>
    public static KernelMethods Of(Type kernels) => kernels.GetCustomAttribute<KernelsAttribute>(inherit: false) switch
    {
        StepKernelsAttribute mark => new StepMethods(kernels, mark),
        RuleKernelsAttribute mark => new StepMethods(kernels, mark),
        MomentKernelsAttribute mark => new MomentMethods(kernels, mark),
        _ => throw new ArgumentException($"'{kernels.FullName}' is no class of kernels: it is marked with none of [StepKernels], [RuleKernels] and [MomentKernels].", nameof(kernels)),
    };

    /// <summary>The names of the entries.</summary>
    public abstract IReadOnlyList<string> Entries { get; }

    /// <summary>What M can be kept in.</summary>
    public abstract IReadOnlyList<MemoryFormat> Formats { get; }

    /// <summary>Puts the line that says whose it is before the text of a module.</summary>
    public abstract byte[] Compose(MemoryFormat format, string module);

    /// <summary>The method of an entry.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <exception cref="ArgumentException">The class has no such kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public MethodInfo Find(string entry, MemoryFormat format)
    {
        if (_common.GetMethod(entry, Static) is { } common)
            return common;
        var kernels = _kernels.GetMember(entry, MemberTypes.Method, Static).Cast<MethodInfo>().Where(IsKernel).ToList();
        return kernels.Count == 1 ? kernels[0].MakeGenericMethod(Element(format)) : throw new ArgumentException(
            $"'{_kernels.FullName}' lacks the kernel 'static void {entry}<TElement>({_argument.Name} step) where TElement : struct, IDeviceElement'.");
    }

    private bool IsKernel(MethodInfo method) =>
        method.GetGenericArguments() is [var element]
        && (element.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0
        && element.GetGenericParameterConstraints().Contains(typeof(IDeviceElement))
        && method.ReturnType == typeof(void)
        && method.GetParameters() is [var step] && step.ParameterType == _argument;

    private Type Element(MemoryFormat format) => !Formats.Contains(format)
        ? throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such memory format.")
        : format switch
        {
            MemoryFormat.Float32 => typeof(Float32OnDevice),
            MemoryFormat.BFloat16 => typeof(BFloat16OnDevice),
            _ => typeof(BFloat16StochasticOnDevice),
        };
}
