using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>The memory of a class, however it is declared.</summary>
/// <param name="Spec">Its propagators.</param>
/// <param name="Reduction">How it came to them from given matrices; null where they are what is declared.</param>
internal sealed record DeclaredMemory(PropagatorSpec Spec, MemoryReduction? Reduction)
{
    /// <summary>The names of the units as they are declared, for which [FixedLaw] has a coefficient each.</summary>
    public IReadOnlyList<string> LawUnits => Reduction is null
        ? Spec.UnitNames
        : Enumerable.Range(1, Reduction.Q.Length).Select(unit => FormattableString.Invariant($"unit_{unit}")).ToArray();

    /// <summary>The law of the propagators that does what one of the declared units does: L = Q⁺L_given.</summary>
    /// <param name="law">A coefficient for each of the declared units.</param>
    public IReadOnlyList<double> ToLaw(IReadOnlyList<double> law) => Reduction is null
        ? law
        : [.. Reduction.PseudoInverse.Select(row => row.Zip(law, (entry, coefficient) => entry * coefficient).Sum())];
}
