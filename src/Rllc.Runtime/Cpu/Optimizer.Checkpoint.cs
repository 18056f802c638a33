namespace Rllc;

public abstract partial class Optimizer
{
    /// <inheritdoc/>
    private protected sealed override string Identity => LawMetadata.Identity(LinearMemory);

    /// <inheritdoc/>
    private protected sealed override IEnumerable<string> UnitNames => LinearMemory.Units.Select(unit => unit.Name);

    /// <inheritdoc/>
    private protected sealed override List<KeyValuePair<string, string>> Describe() =>
        [.. CheckpointMetadata.DescribeOwner(Identity, Lengths, MemoryFormat), .. LawMetadata.Describe(_law, CurrentOptions)];

    /// <inheritdoc/>
    private protected sealed override void CheckIsFinite() => LawMetadata.CheckIsFinite(_law);

    /// <inheritdoc/>
    private protected sealed override Action ReadState(IReadOnlyDictionary<string, string> metadata)
    {
        var options = LawMetadata.ReadOptions(metadata, CurrentOptions, LinearMemory.UnitCount);
        var law = LawState.Of(LinearMemory, options);
        LawMetadata.ReadLaw(metadata, law);
        return () =>
        {
            _law = law;
            SetOptions(options);
        };
    }
}
