using System.ComponentModel;

namespace Rllc;

/// <summary>
/// What a kernel needs besides memory, parameters and gradient: one step is
/// g ← scale·g, M ← MB + gaᵀ, θ ← decay·θ + M·law (design of arXiv 2402.15262, algorithm 1, with decoupled weight decay).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StepCoefficients
{
    /// <summary>What the raw gradient is multiplied with: ±1 / loss scale · clip factor, negative where the gradient is ascended.</summary>
    public float GradientScale { get; internal init; }

    /// <summary>1 − c₁ · weight decay; 1 where there is none.</summary>
    public float Decay { get; internal init; }

    /// <summary>−c₁·L, one coefficient per memory unit.</summary>
    public ReadOnlySpan<float> Law { get; internal init; }

    /// <summary>t, the number of the step, 1 for the first.</summary>
    public long Step { get; internal init; }

    /// <summary>What tells this piece's random rounding in this step from all others; of no meaning where M is not rounded at random.</summary>
    public int Dither { get; internal init; }
}
