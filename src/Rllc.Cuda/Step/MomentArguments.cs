using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// The only argument of every kernel of a step by moments: the bytes that they take for MomentViews, in which each view is an ArrayView.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MomentArguments
{
    /// <summary>Formula and options, one element.</summary>
    public DeviceView<MomentSettings> Settings;

    /// <summary>The counters, one element.</summary>
    public DeviceView<MomentCounters> Counters;

    /// <summary>Result: what the step found for all tensors, one element.</summary>
    public DeviceView<StepFactors> Outcome;

    /// <summary>For each tensor, the steps in which it had a gradient.</summary>
    public DeviceView<long> Steps;

    /// <summary>For each tensor, the priorities of the entries in its buffer.</summary>
    public DeviceView<double> Keys;

    /// <summary>Result: for each tensor that has a gradient, what the step found for it.</summary>
    public DeviceView<MomentFactors> Factors;

    /// <summary>For each tensor ‖g‖ of the raw gradient, where a group's sum of them is a priority; otherwise nothing.</summary>
    public DeviceView<double> Norms;

    /// <summary>The elements.</summary>
    public ElementArguments Elements;

    /// <summary>Those of an optimizer that begins.</summary>
    /// <param name="allocations">Where its counts and priorities are allocated.</param>
    /// <param name="layout">How much.</param>
    /// <param name="formula">What the kernels implement.</param>
    /// <param name="settings">Formula and options.</param>
    /// <param name="elements">The elements.</param>
    public static MomentArguments Fill(
        StepAllocations allocations, TensorLayout layout, MomentFormula formula, DeviceView<MomentSettings> settings, ElementArguments elements)
    {
        var tensorCount = layout.Lengths.Length;
        return new()
        {
            Settings = settings,
            Counters = allocations.Zeros<MomentCounters>(1),
            Outcome = allocations.Zeros<StepFactors>(1),
            Steps = allocations.Zeros<long>(tensorCount),
            Keys = allocations.Zeros<double>((long)tensorCount * formula.Capacity),
            Factors = allocations.Zeros<MomentFactors>(tensorCount),
            Norms = allocations.Zeros<double>(formula.IsReference ? tensorCount : 0),
            Elements = elements,
        };
    }
}
