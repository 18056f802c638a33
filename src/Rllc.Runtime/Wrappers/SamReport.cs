namespace Rllc;

/// <summary>What one sharpness-aware step did.</summary>
public readonly ref struct SamReport
{
    /// <summary>What the wrapped optimizer's step did: whether it was applied, and the norm of the gradient that it was given.</summary>
    public StepReport Step { get; internal init; }

    /// <summary>
    /// Whether that gradient is the one at the ascended point; false where the gradient at θ was 0 or not finite, so that there was nowhere
    /// to ascend to: the wrapped optimizer was then given the gradient at θ, and skips what is not finite as it would without the wrapper.
    /// </summary>
    public bool Ascended { get; internal init; }

    /// <summary>‖g‖₂ at θ without the loss scale; with <see cref="SamOptions.Adaptive"/> ‖Tg‖₂, T = diag(|θ| + η).</summary>
    public double AscentNorm { get; internal init; }

    /// <summary>The loss at θ, as the closure returned it.</summary>
    public double Loss { get; internal init; }
}
