using System.Runtime.InteropServices;

namespace Rllc.Cuda;

/// <summary>The law's part of <see cref="StepArguments"/>: the bytes that kernels take for LawViews.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LawArguments
{
    /// <summary>The propagation matrix with the coefficients that the kernels really use, k×k.</summary>
    public DeviceView<double> B;

    /// <summary>The input vector, likewise, of k entries.</summary>
    public DeviceView<double> a;

    /// <summary>The memory's <see cref="LinearMemory.S"/>, k×k.</summary>
    public DeviceView<double> S;

    /// <summary>S⁻¹, k×k.</summary>
    public DeviceView<double> InverseS;

    /// <summary>The law, k coefficients.</summary>
    public DeviceView<double> L;

    /// <summary>The Gram matrix MᵀM, k×k.</summary>
    public DeviceView<double> G;

    /// <summary>Delayed timing's correction from the last step, still without c₂; k coefficients.</summary>
    public DeviceView<double> Pending;

    /// <summary>The options, one element.</summary>
    public DeviceView<LawSettings> Settings;

    /// <summary>The counters, one element.</summary>
    public DeviceView<LawCounters> Counters;

    /// <summary>Result: the step's factors, one element.</summary>
    public DeviceView<StepFactors> Factors;

    /// <summary>Result: −c₁·L, k coefficients.</summary>
    public DeviceView<float> StepLaw;
}
