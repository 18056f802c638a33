using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>All that there is to say about the texts of a memory.</summary>
public sealed class SpecAnalysis
{
    internal SpecAnalysis(ImmutableArray<SpecTree> trees, ImmutableArray<SpecDiagnostic> diagnostics, PropagatorSpec? spec) =>
        (Trees, Diagnostics, Spec) = (trees, diagnostics, spec);

    /// <summary>Every fault, by text and position.</summary>
    public ImmutableArray<SpecDiagnostic> Diagnostics { get; }

    /// <summary>The memory's spec; null exactly where one of the faults is an error.</summary>
    public PropagatorSpec? Spec { get; }

    /// <summary>One tree for each text.</summary>
    internal ImmutableArray<SpecTree> Trees { get; }
}
