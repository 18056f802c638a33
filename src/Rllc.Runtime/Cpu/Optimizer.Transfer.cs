namespace Rllc;

public abstract partial class Optimizer
{
    /// <inheritdoc/>
    private protected sealed override void CopyRestFrom(TensorOptimizer other)
    {
        var law = ((Optimizer)other)._law;
        _law.Restore(law.Step, law.L, law.G, law.Pending);
        if (law.RefreshRequested)
            _law.RequestExactGram();
    }

    /// <summary>The law's part of the state.</summary>
    internal DeviceLawState CopyLaw()
    {
        using var use = Enter();
        return DeviceLawState.Of(_law);
    }

    /// <summary>Takes over the law's part of the state, and options; all groups get those options' rates.</summary>
    /// <param name="options">Options of the same memory format, validated.</param>
    /// <param name="state">The law, of as many units.</param>
    internal void SetLaw(OptimizerOptions options, DeviceLawState state)
    {
        using var use = Enter();
        _law = state.ToLaw(Memory, options);
        SetOptions(options);
    }
}
