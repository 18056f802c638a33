using System.Collections.Immutable;
using System.ComponentModel;

namespace Rllc;

/// <summary>A memory that a method of the declaring class updates, number by number; the kernel has the method, this says what it keeps.</summary>
public sealed class ElementwiseMemory : MemoryRule
{
    private readonly ImmutableArray<string> _stateNames;

    private ElementwiseMemory(ImmutableArray<string> unitNames, ImmutableArray<string> stateNames, string digest) =>
        (UnitNames, _stateNames, Digest) = (unitNames, stateNames, digest);

    /// <summary>The memory of a generated optimizer.</summary>
    /// <param name="unitNames">The names of the k units.</param>
    /// <param name="stateNames">The names of all that is kept.</param>
    /// <param name="digest">What tells the rule from others.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ElementwiseMemory FromNames(ReadOnlySpan<string> unitNames, ReadOnlySpan<string> stateNames, string digest) =>
        new(ImmutableArray.Create(unitNames.ToArray()), ImmutableArray.Create(stateNames.ToArray()), digest);

    /// <inheritdoc/>
    public override int UnitCount => UnitNames.Length;

    /// <inheritdoc/>
    public override ImmutableArray<string> UnitNames { get; }

    /// <inheritdoc/>
    internal override ImmutableArray<string> StateNames => _stateNames;

    /// <summary>A hash of the method's text, by which checkpoints know the rule.</summary>
    internal string Digest { get; }

    /// <summary>The names of the units and of what else is kept, and the digest.</summary>
    public override string ToString() => $"units {string.Join(", ", UnitNames)}; kept {string.Join(", ", StateNames)}; rule {Digest}";
}
