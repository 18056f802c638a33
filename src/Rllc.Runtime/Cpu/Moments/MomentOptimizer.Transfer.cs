namespace Rllc;

public abstract partial class MomentOptimizer
{
    /// <inheritdoc/>
    private protected sealed override void CopyRestFrom(TensorOptimizer other)
    {
        var moments = (MomentOptimizer)other;
        _stepCount = moments._stepCount;
        moments._steps.CopyTo(_steps, 0);
        moments._keys.All.CopyTo(_keys.All);
    }
}
