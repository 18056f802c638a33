namespace Rllc;

public abstract partial class MomentOptimizer
{
    /// <summary>What the kernel implements.</summary>
    internal MomentFormula DeclaredFormula => _formula;

    /// <summary>The options in force.</summary>
    internal MomentOptions CurrentOptions => (MomentOptions)CommonOptions;

    /// <summary>Copies all of the state but the memory.</summary>
    internal MomentCounts CopyCounts()
    {
        using var use = Enter();
        return new(_stepCount, [.. _steps], [.. _keys.All]);
    }

    /// <summary>Takes over all of a state but the memory, and options; all groups get those options' rates.</summary>
    /// <param name="options">Options of the same memory format, validated.</param>
    /// <param name="counts">Those of the first tensors of this optimizer, or of all.</param>
    internal void SetCounts(MomentOptions options, MomentCounts counts)
    {
        using var use = Enter();
        SetCounts(counts);
        SetOptions(options);
    }

    /// <inheritdoc/>
    private protected sealed override void CopyRestFrom(TensorOptimizer other)
    {
        var moments = (MomentOptimizer)other;
        SetCounts(new(moments._stepCount, moments._steps, [.. moments._keys.All]));
    }

    private void SetCounts(MomentCounts counts)
    {
        _stepCount = counts.StepCount;
        counts.Steps.CopyTo(_steps, 0);
        counts.Keys.CopyTo(_keys.All);
    }
}
