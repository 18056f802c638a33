using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>
/// The spec of a meaningful memory: M ← MB + gaᵀ with a stable B of at most <see cref="MaxUnits"/> units and no eigenvalue in
/// two blocks. Two specs are equal where their canonical texts are.
/// </summary>
public sealed class PropagatorSpec : IEquatable<PropagatorSpec>
{
    /// <summary>The most units that a memory can have, and so the highest order of a block.</summary>
    public const int MaxUnits = 16;

    private readonly string _text;

    private PropagatorSpec(ImmutableArray<Propagator> propagators)
    {
        Propagators = propagators;
        UnitNames = propagators.SelectMany(propagator => Rllc.Spec.UnitNames.Of(propagator)).ToImmutableArray();
        _text = SpecPrinter.Print(propagators);
    }

    /// <summary>The blocks of the memory in order.</summary>
    public ImmutableArray<Propagator> Propagators { get; }

    /// <summary>k, the number of memory units.</summary>
    public int UnitCount => UnitNames.Length;

    /// <summary>
    /// A name for each unit, k different C# identifiers: the label or the propagator's canonical text, then the position in the
    /// block where its order is above 1, then _Re or _Im in a complex block.
    /// </summary>
    public ImmutableArray<string> UnitNames { get; }

    /// <summary>Finds all faults of a memory, and its spec where none of them is an error.</summary>
    /// <param name="texts">One or more texts, united in order.</param>
    /// <exception cref="ArgumentException">There is no text.</exception>
    public static SpecAnalysis Analyze(params IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            throw new ArgumentException("A memory needs at least one spec text.", nameof(texts));
        }

        var trees = texts.Select(SpecParser.Parse).ToImmutableArray();
        var blocks = SpecBlock.Of(trees);
        var faults = trees.SelectMany(tree => tree.Diagnostics).Concat(SpecChecks.Check(blocks)).ToList();
        PropagatorSpec? spec = null;
        if (faults.TrueForAll(fault => fault.Rule.Severity != RuleSeverity.Error))
        {
            spec = new(blocks.Select(block => block.Propagator).ToImmutableArray());
            if (Conditioning.Check(blocks) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return new(trees, faults.OrderBy(fault => fault.Source).ThenBy(fault => fault.Span.Start).ToImmutableArray(), spec);
    }

    /// <summary>Reads the spec of a memory; warnings are not reported.</summary>
    /// <param name="texts">One or more texts, united in order.</param>
    /// <exception cref="SpecException">The texts have errors.</exception>
    /// <exception cref="ArgumentException">There is no text.</exception>
    public static PropagatorSpec Parse(params string[] texts)
    {
        var analysis = Analyze(texts);
        return analysis.Spec ?? throw new SpecException(analysis);
    }

    /// <inheritdoc/>
    public bool Equals(PropagatorSpec? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropagatorSpec);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The canonical text, <c>slow: M(0.99) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)</c>; it parses to an equal spec.</summary>
    public override string ToString() => _text;
}
