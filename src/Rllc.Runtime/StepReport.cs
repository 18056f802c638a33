namespace Rllc;

/// <summary>What one step did.</summary>
public readonly ref struct StepReport
{
    /// <summary>
    /// Whether the step was applied; false where the gradient was not finite, or the step would have left the range of the
    /// storage, and nothing was written.
    /// </summary>
    public bool Applied { get; internal init; }

    /// <summary>
    /// ‖g‖₂ of the gradient without the loss scale, before clipping; not finite where a skipped gradient was not, and NaN where a
    /// step of a fixed law or of Adam neither clips nor skips: it does not ask for the norm.
    /// </summary>
    public double GradientNorm { get; internal init; }

    /// <summary>What the gradient was multiplied with to keep its norm in bounds; 1 where it was not clipped.</summary>
    public double ClipFactor { get; internal init; }

    /// <summary>The law after this step, one coefficient per memory unit (a view of the optimizer's own); empty where an optimizer has none.</summary>
    public ReadOnlySpan<double> Law { get; internal init; }
}
