namespace Rllc;

public abstract partial class MomentOptimizer
{
    /// <inheritdoc/>
    private protected sealed override string Identity => _formula.ToString();

    /// <inheritdoc/>
    private protected sealed override IEnumerable<string> UnitNames => _formula.UnitNames;

    /// <inheritdoc/>
    private protected sealed override List<KeyValuePair<string, string>> Describe() =>
        [.. CheckpointMetadata.DescribeOwner(Identity, Lengths, MemoryFormat), .. MomentMetadata.Describe(_stepCount, _steps, _keys, CurrentOptions)];

    /// <inheritdoc/>
    private protected sealed override void CheckIsFinite() => MomentMetadata.CheckIsFinite(_keys);

    /// <inheritdoc/>
    private protected sealed override Action ReadState(IReadOnlyDictionary<string, string> metadata)
    {
        var options = MomentMetadata.ReadOptions(metadata, CurrentOptions, Validate);
        var (stepCount, steps) = MomentMetadata.ReadSteps(metadata, _steps.Length);
        var keys = MomentMetadata.ReadKeys(metadata, _keys);
        return () =>
        {
            keys.CopyTo(_keys.All);
            _stepCount = stepCount;
            steps.CopyTo(_steps, 0);
            SetOptions(options);
        };
    }
}
