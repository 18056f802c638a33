namespace Rllc;

/// <summary>Which launches make a step on a device.</summary>
internal enum StepKind
{
    /// <summary>Sum over the memory, solve for the law, write M and θ.</summary>
    Exact,

    /// <summary>Apply the law's last correction, write M and θ while summing, compute the next correction.</summary>
    Delayed,

    /// <summary>Write M and θ with a fixed law, which needs no sums.</summary>
    Fixed,
}

/// <summary>Finds the kind of a step.</summary>
internal static class StepKinds
{
    /// <summary>
    /// The kind of the steps with some options. A fixed law whose gradients are clipped or may be skipped takes an exact step, which
    /// knows the norm before it writes.
    /// </summary>
    public static StepKind KindOfStep(this OptimizerOptions options) =>
        options.FixedLaw is not null && !options.NeedsNorm ? StepKind.Fixed
        : options.Timing == LawTiming.Exact ? StepKind.Exact
        : StepKind.Delayed;
}
