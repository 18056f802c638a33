namespace Rllc;

public abstract partial class TensorOptimizer
{
    // Below a third of float32's largest number: what stays within it, added to a parameter that does, overflows nothing.
    internal const double Limit = 1e38;

    /// <summary>
    /// One step. Where <see cref="TensorOptimizerOptions.SkipNonFinite"/> asks for it, a gradient that is not finite (or so large
    /// that its square sum overflows float32) is skipped and nothing is written, neither parameters nor memory, law or step count; so
    /// is one that would leave the range of float32. The result is the same bits for every number of threads.
    /// </summary>
    /// <param name="parameters">θ, n elements, updated in place.</param>
    /// <param name="gradient">g, n elements, of the scaled loss.</param>
    /// <returns>What the step did; its law is a view of the optimizer's own.</returns>
    /// <exception cref="ArgumentException">A length is not n, the two spans overlap, or the optimizer is one of several tensors.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public unsafe StepReport Step(scoped Span<float> parameters, scoped ReadOnlySpan<float> gradient)
    {
        using var use = Enter();
        CheckFlat(parameters.Length, nameof(parameters));
        CheckFlat(gradient.Length, nameof(gradient));
        if (parameters.Overlaps(gradient))
            throw new ArgumentException("The gradient must not overlap the parameters.", nameof(gradient));
        fixed (float* θ = parameters, g = gradient)
        {
            _tensors.Set(θ, g);
            return StepTensors();
        }
    }

    /// <summary>
    /// One step of all tensors: what <see cref="Step(Span{float}, ReadOnlySpan{float})"/> does, without copying
    /// them into one. A tensor whose gradient is empty has none in this step: its parameters and its part of the memory stay what they
    /// are, and the correction of a law is that of the others.
    /// </summary>
    /// <param name="parameters">θ, tensor by tensor, updated in place.</param>
    /// <param name="gradients">g, tensor by tensor, of the scaled loss; empty where there is none.</param>
    /// <returns>What the step did; its law is a view of the optimizer's own.</returns>
    /// <exception cref="ArgumentException">The number of tensors or a length is another one, or parameters overlap each other or a gradient.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the optimizer.</exception>
    public StepReport Step(scoped ReadOnlySpan<Memory<float>> parameters, scoped ReadOnlySpan<ReadOnlyMemory<float>> gradients)
    {
        using var use = Enter();
        using var pins = _tensors.Pin(parameters, gradients);
        return StepTensors();
    }

    /// <inheritdoc cref="Step(ReadOnlySpan{Memory{float}}, ReadOnlySpan{ReadOnlyMemory{float}})"/>
    /// <param name="parameters">The address of each tensor's parameters, which stay where they are.</param>
    /// <param name="gradients">That of its gradient; 0 where it has none.</param>
    internal StepReport StepAt(scoped ReadOnlySpan<nint> parameters, scoped ReadOnlySpan<nint> gradients)
    {
        using var use = Enter();
        _tensors.Set(parameters, gradients);
        return StepTensors();
    }

    /// <summary>One step of the tensors whose addresses have been taken over.</summary>
    private protected abstract StepReport StepTensors();

    /// <summary>What the raw gradient is multiplied with in the current step: ±1 / loss scale · clip factor, negative where it is ascended.</summary>
    private protected float GradientScale { get; private set; }

    /// <summary>Sets <see cref="GradientScale"/>.</summary>
    private protected void SetGradientScale(double clipFactor) =>
        GradientScale = (float)((CommonOptions.Maximize ? -clipFactor : clipFactor) / CommonOptions.LossScale);

    /// <summary>‖g‖ of the raw γ: without the loss scale, before clipping.</summary>
    private protected double GradientNorm(double γ) => Math.Sqrt(γ) / CommonOptions.LossScale;

    /// <summary>
    /// What a step that passes over the memory once must know before: the norm, where it matters, and from it
    /// <see cref="GradientScale"/>. A gradient of a norm above 10¹⁵, as the memory takes it in, is as far within the range as an exact
    /// step of a linear memory asks.
    /// </summary>
    /// <param name="needsNorm">Whether the gradient is passed over for its norm.</param>
    /// <param name="norm">‖g‖ without the loss scale, before clipping; NaN where it was not asked for.</param>
    /// <param name="clipFactor">What the gradient is multiplied with to keep its norm in bounds.</param>
    /// <returns>Whether the step is to be applied.</returns>
    private protected bool MeasureGradient(bool needsNorm, out double norm, out double clipFactor)
    {
        (norm, clipFactor) = (double.NaN, 1);
        if (!needsNorm)
        {
            SetGradientScale(clipFactor);
            return true;
        }
        var γ = SumSquares();
        norm = GradientNorm(γ);
        if (CommonOptions.SkipNonFinite && !double.IsFinite(norm))
            return false;
        clipFactor = CommonOptions.ClipFactor(norm);
        SetGradientScale(clipFactor);
        return !CommonOptions.SkipNonFinite || γ * GradientScale * GradientScale <= LawState.GradientShare * Limit;
    }
}
