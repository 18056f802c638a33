namespace Rllc;

public abstract partial class MomentOptimizer
{
    // Of each tensor: the steps in which it had a gradient, and the factors of the current one.
    private readonly long[] _steps;
    private readonly MomentCoefficients[] _coefficients;
    private readonly CriticalKeys _keys;
    private long _stepCount;
    private double[] _groupNorms = [];

    /// <inheritdoc/>
    public sealed override long StepCount => _stepCount;

    /// <inheritdoc/>
    private protected sealed override StepReport StepTensors()
    {
        if (!MeasureGradient(CommonOptions.NeedsNorm || HasBuffer, out var norm, out var clipFactor))
            return Report(applied: false, norm, clipFactor);
        _stepCount++;
        if (_formula.IsReference)
            MeasureGroups();
        for (var tensor = 0; tensor < _steps.Length; tensor++)
            if (HasGradient(tensor))
                Prepare(tensor, (_formula.IsReference ? _groupNorms[GroupOf(tensor)] : norm) * clipFactor);
        Run(_pass);
        return Report(applied: true, norm, clipFactor);
    }

    /// <summary>Counts a step of a tensor and computes its factors.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="key">The priority of the step's entry in the buffer: the norm of the gradient as it is taken in.</param>
    private void Prepare(int tensor, double key)
    {
        var (steps, group) = (_steps[tensor]++, Groups[GroupOf(tensor)]);
        var entries = _keys.Count(steps);
        _coefficients[tensor] = Coefficients(steps + 1, group) with
        {
            Mean = entries == 0 ? 0 : 1f / entries,
            Place = HasBuffer ? _keys.Offer(tensor, steps, key) : -1,
        };
    }

    // Where a priority is the sum of the norms of a group's tensors, these sums without the loss scale.
    private void MeasureGroups()
    {
        if (_groupNorms.Length != Groups.Length)
            _groupNorms = new double[Groups.Length];
        SumNorms(_groupNorms);
        foreach (ref var norm in _groupNorms.AsSpan())
            norm /= CommonOptions.LossScale;
    }

    private bool HasBuffer => _formula.Capacity > 0;

    // RMSprop and SGD take their moments as they are.
    private bool IsCorrected => _formula.Kind == MomentKind.Adam;

    /// <summary>
    /// Whether the sum of a tensor's entries is to be summed afresh before the current step: in every C-th, so that no rounding, and
    /// nothing of an entry that has left, stays for longer; in a narrow format in each, since that rounds the sum much more. The authors'
    /// program never does.
    /// </summary>
    private bool IsSumDue(int tensor) =>
        HasBuffer && (MemoryFormat != MemoryFormat.Float32 || (!_formula.IsReference && _steps[tensor] % _formula.Capacity == 0));

    private MomentCoefficients Coefficients(long t, TensorGroup group) => new()
    {
        GradientScale = GradientScale,
        Penalty = (float)group.WeightDecay,
        Decay = (float)(-group.LearningRate * group.WeightDecay),
        Rate = (float)(-group.LearningRate / (IsCorrected ? 1 - Math.Pow(_formula.Beta1, t) : 1)),
        Root = (float)(1 / (IsCorrected ? Math.Sqrt(1 - Math.Pow(_formula.Beta2, t)) : 1)),
    };

    private static StepReport Report(bool applied, double norm, double clipFactor) =>
        new() { Applied = applied, GradientNorm = norm, ClipFactor = clipFactor };
}
