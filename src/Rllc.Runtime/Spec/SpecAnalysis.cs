using System.Collections.Immutable;

namespace Rllc.Spec;

/// <summary>All that there is to say about the texts of a memory.</summary>
/// <param name="Trees">One tree for each text.</param>
/// <param name="Diagnostics">Every fault, by text and position.</param>
/// <param name="Spec">The memory's spec; null exactly where one of the faults is an error.</param>
public sealed record SpecAnalysis(ImmutableArray<SpecTree> Trees, ImmutableArray<SpecDiagnostic> Diagnostics, PropagatorSpec? Spec);
