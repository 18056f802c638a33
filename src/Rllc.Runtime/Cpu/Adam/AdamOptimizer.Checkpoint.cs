namespace Rllc;

public abstract partial class AdamOptimizer
{
    /// <inheritdoc/>
    private protected sealed override string Identity => _formula.ToString();

    /// <inheritdoc/>
    private protected sealed override IEnumerable<string> UnitNames => _formula.UnitNames;

    /// <inheritdoc/>
    private protected sealed override List<KeyValuePair<string, string>> Describe() =>
        [.. CheckpointMetadata.DescribeOwner(Identity, Lengths, MemoryFormat), .. AdamMetadata.Describe(_stepCount, _steps, (AdamOptions)CommonOptions)];

    /// <inheritdoc/>
    private protected sealed override void CheckIsFinite()
    {
        // Step counts always are.
    }

    /// <inheritdoc/>
    private protected sealed override Action ReadState(IReadOnlyDictionary<string, string> metadata)
    {
        var options = AdamMetadata.ReadOptions(metadata, (AdamOptions)CommonOptions, Validate);
        var (stepCount, steps) = AdamMetadata.ReadSteps(metadata, _steps.Length);
        return () =>
        {
            _stepCount = stepCount;
            steps.CopyTo(_steps, 0);
            SetOptions(options);
        };
    }
}
