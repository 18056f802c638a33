namespace Rllc;

/// <summary>A launch of a step on a device.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="IsPass">Whether it passes over the elements, in as many groups of threads as the layout says; otherwise one group runs it.</param>
internal readonly record struct StepLaunch(string Kernel, bool IsPass);

/// <summary>Which launches make a step on a device, in their order.</summary>
internal static class StepSequence
{
    private static readonly StepLaunch[] Exact = [Pass("Project"), Single("SolveExact"), Pass("Advance")];
    private static readonly StepLaunch[] Delayed = [Single("BeginDelayed"), Pass("ProjectAndAdvance"), Single("EndDelayed")];
    private static readonly StepLaunch[] Fixed = [Single("BeginFixed"), Pass("Advance")];
    private static readonly StepLaunch[] Moments = [Single("Begin"), Pass("Advance")];
    private static readonly StepLaunch[] MomentsWithNorm = [Pass("Norm"), .. Moments];

    /// <summary>The launches of a step with a law.</summary>
    /// <param name="kind">The kind of step.</param>
    public static ReadOnlySpan<StepLaunch> Of(StepKind kind) => kind switch
    {
        StepKind.Exact => Exact,
        StepKind.Delayed => Delayed,
        _ => Fixed,
    };

    /// <summary>The launches of a step by moments.</summary>
    /// <param name="needsNorm">Whether it passes over the gradient for its norm.</param>
    public static ReadOnlySpan<StepLaunch> OfMoments(bool needsNorm) => needsNorm ? MomentsWithNorm : Moments;

    private static StepLaunch Pass(string kernel) => new(kernel, IsPass: true);

    private static StepLaunch Single(string kernel) => new(kernel, IsPass: false);
}
