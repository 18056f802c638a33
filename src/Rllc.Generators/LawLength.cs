using System.Globalization;

namespace Rllc.Generators;

/// <summary>What the message of <see cref="DeclarationRules.LawLength"/> is filled with.</summary>
internal static class LawLength
{
    /// <summary>The message.</summary>
    /// <param name="name">What the law is written as.</param>
    /// <param name="count">How many coefficients it has.</param>
    /// <param name="units">The names of the units that it is for.</param>
    public static string Message(string name, int count, IReadOnlyList<string> units) =>
        string.Format(CultureInfo.InvariantCulture, DeclarationRules.LawLength.MessageFormat, Arguments(name, count, units));

    /// <summary>The arguments of the message.</summary>
    /// <param name="name">What the law is written as.</param>
    /// <param name="count">How many coefficients it has.</param>
    /// <param name="units">The names of the units that it is for.</param>
    public static string[] Arguments(string name, int count, IReadOnlyList<string> units) =>
    [
        name,
        count.ToString(CultureInfo.InvariantCulture),
        units.Count.ToString(CultureInfo.InvariantCulture),
        string.Join(", ", units),
    ];
}
