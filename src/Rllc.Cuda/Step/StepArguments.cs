using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>
/// The only argument of every kernel of a step: the bytes that they take for StepViews, in which each view is an ArrayView.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StepArguments
{
    /// <summary>The law.</summary>
    public LawArguments Law;

    /// <summary>The elements.</summary>
    public ElementArguments Elements;

    /// <summary>Those of an optimizer that begins.</summary>
    /// <param name="allocations">Where its law is allocated.</param>
    /// <param name="layout">How much.</param>
    /// <param name="start">What the law begins with.</param>
    /// <param name="settings">The options.</param>
    /// <param name="elements">The elements.</param>
    public static StepArguments Fill(
        StepAllocations allocations, DeviceLayout layout, LawStart start, DeviceView<LawSettings> settings, ElementArguments elements)
    {
        var k = layout.Memory.UnitCount;
        return new()
        {
            Law = new()
            {
                B = allocations.Filled<double>(layout.B),
                a = allocations.Filled(layout.a.AsSpan()),
                S = allocations.Filled<double>(start.S),
                InverseS = allocations.Filled<double>(start.InverseS),
                L = allocations.Filled<double>(start.L),
                G = allocations.Zeros<double>(k * k),
                Pending = allocations.Zeros<double>(k),
                Settings = settings,
                Counters = allocations.Zeros<LawCounters>(1),
                Factors = allocations.Zeros<StepFactors>(1),
                StepLaw = allocations.Zeros<float>(k),
            },
            Elements = elements,
        };
    }
}
