using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>
/// Marks the generated class of the kernel of an optimizer by moments: a static method Advance, generic over how M is kept and with a
/// <see cref="MomentViews"/> as its only argument. The properties are the declared numbers, which the kernel has as constants.
/// </summary>
/// <param name="optimizer">The optimizer's full name in metadata, without its assembly.</param>
[AttributeUsage(AttributeTargets.Class)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MomentKernelsAttribute(string optimizer) : KernelsAttribute(optimizer)
{
    /// <inheritdoc cref="MomentFormula.Kind"/>
    public MomentKind Kind { get; set; }

    /// <inheritdoc cref="MomentFormula.Beta1"/>
    public double Beta1 { get; set; }

    /// <inheritdoc cref="MomentFormula.Beta2"/>
    public double Beta2 { get; set; }

    /// <inheritdoc cref="MomentFormula.Epsilon"/>
    public double Epsilon { get; set; }

    /// <inheritdoc cref="MomentFormula.IsDecoupled"/>
    public bool IsDecoupled { get; set; }

    /// <inheritdoc cref="MomentFormula.Critical"/>
    public CriticalKind Critical { get; set; }

    /// <inheritdoc cref="MomentFormula.Capacity"/>
    public int Capacity { get; set; }

    /// <inheritdoc cref="MomentFormula.Decay"/>
    public double Decay { get; set; } = 1;

    /// <inheritdoc cref="MomentFormula.IsReference"/>
    public bool IsReference { get; set; }

    /// <summary>The formula that these numbers are of.</summary>
    internal MomentFormula Formula => new()
    {
        Kind = Kind,
        Beta1 = Beta1,
        Beta2 = Beta2,
        Epsilon = Epsilon,
        IsDecoupled = IsDecoupled,
        Critical = Critical,
        Capacity = Capacity,
        Decay = Decay,
        IsReference = IsReference,
    };
}
