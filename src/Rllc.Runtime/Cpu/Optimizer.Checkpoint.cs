namespace Rllc;

public abstract partial class Optimizer
{
    /// <inheritdoc/>
    private protected sealed override string Identity => LawMetadata.Identity(Memory);

    /// <inheritdoc/>
    private protected sealed override IEnumerable<string> UnitNames => Memory.StateNames;

    /// <inheritdoc/>
    private protected sealed override List<KeyValuePair<string, string>> Describe() =>
        [.. CheckpointMetadata.DescribeOwner(Identity, Lengths, MemoryFormat), .. LawMetadata.Describe(_law, CurrentOptions)];

    /// <inheritdoc/>
    private protected sealed override void CheckIsFinite() => LawMetadata.CheckIsFinite(_law);

    /// <inheritdoc/>
    private protected sealed override Action ReadState(IReadOnlyDictionary<string, string> metadata)
    {
        var options = LawMetadata.ReadOptions(metadata, CurrentOptions, Memory.UnitCount);
        var law = LawState.Of(Memory, options);
        LawMetadata.ReadLaw(metadata, law);
        return () =>
        {
            _law = law;
            SetOptions(options);
        };
    }
}
