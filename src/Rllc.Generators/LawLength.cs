using System.Globalization;
using Rllc.Spec;

namespace Rllc.Generators;

/// <summary>What the message of <see cref="DeclarationRules.LawLength"/> is filled with.</summary>
internal static class LawLength
{
    /// <summary>The arguments of the message.</summary>
    /// <param name="name">What the law is written as.</param>
    /// <param name="count">How many coefficients it has.</param>
    /// <param name="spec">The memory.</param>
    public static string[] Arguments(string name, int count, PropagatorSpec spec) =>
    [
        name,
        count.ToString(CultureInfo.InvariantCulture),
        spec.UnitCount.ToString(CultureInfo.InvariantCulture),
        string.Join(", ", spec.UnitNames),
    ];
}
