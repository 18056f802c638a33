using System.Collections.Immutable;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>The rules of [LinearMemory]; the propagators that it is reduced to have those of <see cref="SpecRules"/>, too.</summary>
internal static class GivenMemoryRules
{
    public static readonly Rule NotSquare = Error("RLLC050", "B is not square",
        "B has {0} entries, which make no square matrix: it has k² of them, row by row");

    public static readonly Rule InputLength = Error("RLLC051", "a has the wrong length",
        "a needs {1} entries, one for each row of B, but has {0}");

    public static readonly Rule NotFinite = Error("RLLC052", "Entry is not finite",
        "{0} must be finite, but is {1}");

    public static readonly Rule NoInput = Error("RLLC053", "Nothing enters the memory",
        "All entries of a are 0: no gradient enters the memory");

    public static readonly Rule NotControllable = new("RLLC054", "Memory is not controllable",
        "Gradients reach {0} of the {1} dimensions of the memory; the others, with the eigenvalues {2} of B, are left out", RuleSeverity.Warning);

    public static readonly Rule NearlyEqual = new("RLLC055", "Nearly equal eigenvalues",
        "The eigenvalues {0} of B are too near to each other to be told apart in float32; '{1}' stands for them", RuleSeverity.Warning);

    public static readonly Rule NotReducible = Error("RLLC056", "Memory cannot be reduced",
        "The memory cannot be written as propagators: {0}");

    public static readonly Rule BesidePropagator = Error("RLLC057", "LinearMemory beside a propagator",
        "Class '{0}' has both [LinearMemory] and [Propagator]: only one of them can declare its memory");

    public static readonly Rule ReducedTo = new("RLLC058", "Memory as propagators",
        "The memory is reduced to {0}", RuleSeverity.Info);

    /// <summary>Every rule of this table, in order of its id.</summary>
    public static readonly ImmutableArray<Rule> All = ImmutableArray.Create(
        NotSquare, InputLength, NotFinite, NoInput, NotControllable, NearlyEqual, NotReducible, BesidePropagator, ReducedTo);

    private static Rule Error(string id, string title, string message) => new(id, title, message, RuleSeverity.Error);
}
