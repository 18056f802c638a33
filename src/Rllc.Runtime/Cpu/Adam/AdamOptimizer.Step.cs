namespace Rllc;

public abstract partial class AdamOptimizer
{
    // Of each tensor: the steps in which it had a gradient, and the factors of the current one.
    private readonly long[] _steps;
    private readonly AdamCoefficients[] _coefficients;
    private long _stepCount;

    /// <inheritdoc/>
    public sealed override long StepCount => _stepCount;

    /// <inheritdoc/>
    private protected sealed override StepReport StepTensors()
    {
        if (!MeasureGradient(CommonOptions.NeedsNorm, out var norm, out var clipFactor))
            return Report(applied: false, norm, clipFactor);
        _stepCount++;
        for (var tensor = 0; tensor < _steps.Length; tensor++)
            if (HasGradient(tensor))
                _coefficients[tensor] = Coefficients(++_steps[tensor], Groups[GroupOf(tensor)]);
        Run(_pass);
        return Report(applied: true, norm, clipFactor);
    }

    private AdamCoefficients Coefficients(long t, TensorGroup group) => new()
    {
        GradientScale = GradientScale,
        Penalty = (float)group.WeightDecay,
        Decay = (float)(-group.LearningRate * group.WeightDecay),
        Rate = (float)(-group.LearningRate / (1 - Math.Pow(_formula.Beta1, t))),
        Root = (float)(1 / Math.Sqrt(1 - Math.Pow(_formula.Beta2, t))),
    };

    private static StepReport Report(bool applied, double norm, double clipFactor) =>
        new() { Applied = applied, GradientNorm = norm, ClipFactor = clipFactor };
}
