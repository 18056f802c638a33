namespace Rllc;

public abstract partial class Optimizer
{
    // Of the step: c (k numbers), γ, and the pairs of the exact Gram matrix where a pass has summed them.
    private readonly double[] _sums;

    // The exact Gram matrix, on its way to the law: not on the stack, which a memory of many units would overflow.
    private readonly double[] _gram;

    // −c₁L of each group, of the step that has been prepared.
    private float[] _stepLaws = [];

    /// <inheritdoc/>
    private protected sealed override StepReport StepTensors() =>
        CurrentOptions.FixedLaw is not null ? StepWithFixedLaw()
        : CurrentOptions.Timing == LawTiming.Exact ? StepExactly()
        : StepDelayed();

    private StepReport StepExactly()
    {
        var withGram = NeedsExactGram;
        RunSumming(Pass.Project, withGram);
        var norm = GradientNorm();
        if (CurrentOptions.SkipNonFinite && !AllFinite(CAndγ))
            return Report(applied: false, norm, clipFactor: 1);
        var clipFactor = CurrentOptions.ClipFactor(norm);
        SetGradientScale(clipFactor);
        ScaleSums();
        _law.Begin();
        if (withGram)
            SetExactGram();
        _law.Correct(c);
        _law.Advance(c, γ);
        if (CurrentOptions.SkipNonFinite && !_law.Fits(γ, HighestLearningRate, Limit))
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
        SetGradientScale(clipFactor: 1);
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
        if (!MeasureGradient(CurrentOptions.NeedsNorm, out var norm, out var clipFactor))
            return Report(applied: false, norm, clipFactor);
        _law.CountStep();
        ScaleLaw();
        Run(Pass.Advance);
        return Report(applied: true, norm, clipFactor);
    }

    private ReadOnlySpan<double> c => _sums.AsSpan(0, Memory.UnitCount);

    private double γ => _sums[Memory.UnitCount];

    private Span<double> CAndγ => _sums.AsSpan(0, Memory.UnitCount + 1);

    /// <summary>Whether the recurrence of G does not do: it is due for a refresh, or would count the memory of tensors that have no gradient.</summary>
    private bool NeedsExactGram => _law.NeedsExactGram || !AllHaveGradients;

    /// <summary>G of the tensors with a gradient. Where one had none, what is kept of G is not that of all: the next step begins afresh.</summary>
    private void SetExactGram()
    {
        ExactGram.Unfold(_sums.AsSpan(Memory.UnitCount + 1), Memory.UnitCount, _gram);
        _law.SetGram(_gram);
        if (!AllHaveGradients)
            _law.RequestExactGram();
    }

    private double GradientNorm() => GradientNorm(γ);

    /// <summary>Makes c and γ those of the gradient that goes into the memory, with the factor that the kernel uses.</summary>
    private void ScaleSums()
    {
        double scale = GradientScale;
        foreach (ref var sum in CAndγ)
            sum *= scale;
        _sums[Memory.UnitCount] *= scale;
    }

    // No parameter of any group may leave the range.
    private double HighestLearningRate
    {
        get
        {
            var highest = 0.0;
            foreach (var group in Groups)
                highest = Math.Max(highest, group.LearningRate);
            return highest;
        }
    }

    private void ScaleLaw()
    {
        var k = Memory.UnitCount;
        if (_stepLaws.Length != Groups.Length * k)
            _stepLaws = new float[Groups.Length * k];
        for (var group = 0; group < Groups.Length; group++)
            for (var unit = 0; unit < k; unit++)
                _stepLaws[group * k + unit] = (float)(-Groups[group].LearningRate * _law.L[unit]);
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
