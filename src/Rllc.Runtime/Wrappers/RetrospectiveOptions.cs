namespace Rllc;

/// <summary>How the law of a <see cref="Retrospective"/> wrapper learns.</summary>
public sealed record RetrospectiveOptions
{
    /// <summary>
    /// c₂, the factor of the law's correction. At least 0; 0 keeps the law at 1; default 1e-4. The correction is in units of gradient over
    /// learning step: an optimizer with a tenth of the learning rate needs a tenth of c₂ for the same change of the law.
    /// </summary>
    public double LawLearningRate { get; init; } = 1e-4;

    /// <summary>
    /// ε, added to G, the square of the last learning step's norm, so that the correction of a tiny step stays bounded. At least 0;
    /// default 1e-8.
    /// </summary>
    public double Epsilon { get; init; } = 1e-8;
}
