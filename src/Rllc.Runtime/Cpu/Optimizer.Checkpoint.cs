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
    private protected sealed override void CheckIsFinite()
    {
        if (!_law.IsFinite)
            throw new InvalidOperationException("The run has diverged: its law or Gram matrix is not finite. No checkpoint is written; the last one is still good.");
    }

    /// <inheritdoc/>
    private protected sealed override Action ReadState(IReadOnlyDictionary<string, string> metadata)
    {
        var options = LawMetadata.ReadOptions(metadata, CurrentOptions, LinearMemory.UnitCount);
        var law = NewLaw(options);
        LawMetadata.ReadLaw(metadata, law);
        return () =>
        {
            _law = law;
            SetOptions(options);
        };
    }
}
