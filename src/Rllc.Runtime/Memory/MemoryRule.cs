using System.Collections.Immutable;

namespace Rllc;

/// <summary>
/// How the memory M of an optimizer goes from one gradient to the next (arXiv 2402.15262, definition 3.2): k units for each parameter,
/// which a law combines, and what else has to be kept for them.
/// </summary>
public abstract class MemoryRule
{
    private protected MemoryRule()
    {
    }

    /// <summary>k, the number of memory units: coefficients of the law.</summary>
    public abstract int UnitCount { get; }

    /// <summary>The units' names in order.</summary>
    public abstract ImmutableArray<string> UnitNames { get; }

    /// <summary>
    /// The names of all numbers that are kept for each parameter. Where a law learns they begin with the units; a law that is fixed may do
    /// without keeping some of these.
    /// </summary>
    internal abstract ImmutableArray<string> StateNames { get; }

    /// <summary>The memory as a linear one.</summary>
    /// <exception cref="InvalidOperationException">It is updated by a method, and is not linear.</exception>
    internal LinearMemory AsLinear() => this as LinearMemory ?? throw new InvalidOperationException("The memory is updated by a method, and is not linear.");
}
