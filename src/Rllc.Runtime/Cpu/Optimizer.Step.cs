namespace Rllc;

public abstract partial class Optimizer
{
    // Below a third of float32's largest number: what stays within it, added to a parameter that does, overflows nothing.
    internal const double Limit = 1e38;

    // Of the step: c (k numbers), γ, and the pairs of the exact Gram matrix where a pass has summed them.
    private readonly double[] _sums;

    // The exact Gram matrix, on its way to the law: not on the stack, which a memory of many units would overflow.
    private readonly double[] _gram;

    /// <summary>
    /// One step: c = Mᵀg, γ = g·g; L ← L + c₂·G⁺c; M ← MB + gaᵀ; θ ← (1 − c₁·decay)·θ − c₁·ML. With exact timing a gradient
    /// that is not finite (or so large that its square sum overflows float32) is skipped and nothing is written, neither
    /// parameters nor memory, law or step count; so is a step of a gradient (without loss scale, clipped) of a norm above
    /// 10¹⁵, and one that could change a parameter by more than 10³⁸ or leave a memory of a square sum above that. Whatever the
    /// gradient, a parameter within ±10³⁸ is therefore finite after the step, as long as c₁·decay ≤ 2. With a fixed law there are
    /// no c and L ← L + c₂·G⁺c, and γ only where the gradient is to be clipped or may be skipped. The result is the same bits for
    /// every number of threads.
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
            return Step();
        }
    }

    /// <summary>
    /// One step of all tensors, under the one law: what <see cref="Step(Span{float}, ReadOnlySpan{float})"/> does, without copying
    /// them into one. A tensor whose gradient is empty has none in this step: its parameters and its part of M stay what they are,
    /// and the law's correction is that of the others.
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
        return Step();
    }

    /// <inheritdoc cref="Step(ReadOnlySpan{Memory{float}}, ReadOnlySpan{ReadOnlyMemory{float}})"/>
    /// <param name="parameters">The address of each tensor's parameters, which stay where they are.</param>
    /// <param name="gradients">That of its gradient; 0 where it has none.</param>
    internal StepReport StepAt(scoped ReadOnlySpan<nint> parameters, scoped ReadOnlySpan<nint> gradients)
    {
        using var use = Enter();
        _tensors.Set(parameters, gradients);
        return Step();
    }

    private StepReport Step() =>
        _options.FixedLaw is not null ? StepWithFixedLaw()
        : _options.Timing == LawTiming.Exact ? StepExactly()
        : StepDelayed();

    private StepReport StepExactly()
    {
        var withGram = NeedsExactGram;
        RunSumming(Pass.Project, withGram);
        var norm = GradientNorm();
        if (_options.SkipNonFinite && !AllFinite(CAndγ))
            return Report(applied: false, norm, clipFactor: 1);
        var clipFactor = _options.ClipFactor(norm);
        _gradientScale = GradientScale(clipFactor);
        ScaleSums();
        _law.Begin();
        if (withGram)
            SetExactGram();
        _law.Correct(c);
        _law.Advance(c, γ);
        if (_options.SkipNonFinite && !_law.Fits(γ, HighestLearningRate, Limit))
        {
            _law.Undo();
            return Report(applied: false, norm, clipFactor);
        }
        ScaleLaw();
        Run(Pass.Advance);
        return Report(applied: true, norm, clipFactor);
    }

    private StepReport StepDelayed()
    {
        var withGram = NeedsExactGram;
        _law.ApplyPending();
        ScaleLaw();
        _gradientScale = GradientScale(clipFactor: 1);
        RunSumming(Pass.ProjectAndAdvance, withGram);
        var norm = GradientNorm();
        ScaleSums();
        if (withGram)
            SetExactGram();
        _law.Postpone(c);
        _law.Advance(c, γ);
        return Report(applied: true, norm, clipFactor: 1);
    }

    /// <summary>One pass over the memory; before it, one over the gradient alone where its norm matters.</summary>
    private StepReport StepWithFixedLaw()
    {
        var (norm, clipFactor) = (double.NaN, 1.0);
        if (_options.NeedsNorm)
        {
            RunSumming(Pass.SumSquares, withGram: false);
            norm = GradientNorm();
            if (_options.SkipNonFinite && !double.IsFinite(norm))
                return Report(applied: false, norm, clipFactor);
            clipFactor = _options.ClipFactor(norm);
        }
        _gradientScale = GradientScale(clipFactor);
        if (_options.SkipNonFinite && !FitsFixedLaw())
            return Report(applied: false, norm, clipFactor);
        _law.CountStep();
        ScaleLaw();
        Run(Pass.Advance);
        return Report(applied: true, norm, clipFactor);
    }

    /// <summary>Whether the gradient as the memory takes it in is as far within the range as an exact step asks.</summary>
    private bool FitsFixedLaw()
    {
        ScaleSums();
        return γ <= LawState.GradientShare * Limit;
    }

    private ReadOnlySpan<double> c => _sums.AsSpan(0, LinearMemory.UnitCount);

    private double γ => _sums[LinearMemory.UnitCount];

    private Span<double> CAndγ => _sums.AsSpan(0, LinearMemory.UnitCount + 1);

    /// <summary>Whether the recurrence of G does not do: it is due for a refresh, or would count the memory of tensors that have no gradient.</summary>
    private bool NeedsExactGram => _law.NeedsExactGram || !_tensors.AllHaveGradients;

    /// <summary>G of the tensors with a gradient. Where one had none, what is kept of G is not that of all: the next step begins afresh.</summary>
    private void SetExactGram()
    {
        ExactGram.Unfold(_sums.AsSpan(LinearMemory.UnitCount + 1), LinearMemory.UnitCount, _gram);
        _law.SetGram(_gram);
        if (!_tensors.AllHaveGradients)
            _law.RequestExactGram();
    }

    /// <summary>Of the raw sums: without the loss scale, before clipping.</summary>
    private double GradientNorm() => Math.Sqrt(γ) / _options.LossScale;

    private float GradientScale(double clipFactor) => (float)((_options.Maximize ? -clipFactor : clipFactor) / _options.LossScale);

    /// <summary>Makes c and γ those of the gradient that goes into the memory, with the factor that the kernel uses.</summary>
    private void ScaleSums()
    {
        double scale = _gradientScale;
        foreach (ref var sum in CAndγ)
            sum *= scale;
        _sums[LinearMemory.UnitCount] *= scale;
    }

    private void ScaleLaw()
    {
        foreach (var group in _groups)
            group.Prepare(_law.L);
    }

    private StepReport Report(bool applied, double norm, double clipFactor) =>
        new() { Applied = applied, GradientNorm = norm, ClipFactor = clipFactor, Law = _law.L };

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (!double.IsFinite(value))
                return false;
        return true;
    }
}
