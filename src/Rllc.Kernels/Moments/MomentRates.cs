using System.ComponentModel;

namespace Rllc.Kernels;

/// <summary>What a kernel needs of a tensor in a step by moments.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MomentRates
{
    /// <summary>Weight decay that is added to the gradient, in units of θ.</summary>
    public float Penalty { readonly get; internal set; }

    /// <summary>−c₁ · weight decay, for weight decay that is decoupled from the gradient: times θ, added to θ.</summary>
    public float Decay { readonly get; internal set; }

    /// <summary>−c₁/(1 − β₁ᵗ).</summary>
    public float Rate { readonly get; internal set; }

    /// <summary>1/√(1 − β₂ᵗ).</summary>
    public float Root { readonly get; internal set; }

    /// <summary>1 / the number of entries that the buffer had before the step; 0 where it was empty, or there is none.</summary>
    public float Mean { readonly get; internal set; }

    /// <summary>The place of this step's entry in the buffer, from 0; −1 where it gets none.</summary>
    public int Place { readonly get; internal set; }

    /// <summary>Whether the sum of the entries is to be summed afresh before the step.</summary>
    public bool SumIsDue { readonly get; internal set; }
}
