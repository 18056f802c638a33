namespace Rllc;

/// <summary>
/// What a step by moments found for a tensor, for the kernel that writes M and θ: <see cref="MomentCoefficients"/> without what is the same
/// for all tensors.
/// </summary>
internal struct MomentFactors
{
    /// <inheritdoc cref="MomentCoefficients.Penalty"/>
    public float Penalty;

    /// <inheritdoc cref="MomentCoefficients.Decay"/>
    public float Decay;

    /// <inheritdoc cref="MomentCoefficients.Rate"/>
    public float Rate;

    /// <inheritdoc cref="MomentCoefficients.Root"/>
    public float Root;

    /// <inheritdoc cref="MomentCoefficients.Mean"/>
    public float Mean;

    /// <inheritdoc cref="MomentCoefficients.Place"/>
    public int Place;

    /// <summary>1 if the sum of the entries is to be summed afresh before the step.</summary>
    public int SumIsDue;
}
