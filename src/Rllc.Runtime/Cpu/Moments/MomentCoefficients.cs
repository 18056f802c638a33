using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Rllc;

/// <summary>
/// What a kernel of Adam needs besides memory, parameters and gradient: g ← scale·g + penalty·θ; m, v of g;
/// θ ← θ + decay·θ + rate·m/(root·√v + ε). AdamW has no penalty, Adam no decay.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
public readonly record struct MomentCoefficients
{
    /// <summary>What the raw gradient is multiplied with: ±1 / loss scale · clip factor, negative where the gradient is ascended.</summary>
    public float GradientScale { get; internal init; }

    /// <summary>Weight decay that is added to the gradient, in units of θ.</summary>
    public float Penalty { get; internal init; }

    /// <summary>
    /// −c₁ · weight decay, for weight decay that is decoupled from the gradient: times θ, added to θ. A factor next to 1 would be rounded
    /// to the same side in every step.
    /// </summary>
    public float Decay { get; internal init; }

    /// <summary>−c₁/(1 − β₁ᵗ); −c₁ where m is not corrected.</summary>
    public float Rate { get; internal init; }

    /// <summary>1/√(1 − β₂ᵗ); 1 where v is not corrected.</summary>
    public float Root { get; internal init; }

    /// <summary>1 / the number of entries that the buffer had before the step; 0 where it was empty, or there is none.</summary>
    public float Mean { get; internal init; }

    /// <summary>The place of this step's entry in the buffer, from 0; −1 where it gets none.</summary>
    public int Place { get; internal init; }

    /// <summary>What tells this piece's random rounding in this step from all others; of no meaning where M is not rounded at random.</summary>
    public int Dither { get; internal init; }
}
