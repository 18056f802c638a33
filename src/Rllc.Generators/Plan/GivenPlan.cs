namespace Rllc.Generators;

/// <summary>How the memory of an optimizer and the one that its class gives by matrices go together.</summary>
/// <param name="Report">B and a as given, for people.</param>
/// <param name="Q">The rows of Q as literals, separated by commas.</param>
/// <param name="PseudoInverse">The rows of Q⁺ likewise.</param>
internal sealed record GivenPlan(string Report, EquatableArray<string> Q, EquatableArray<string> PseudoInverse)
{
    /// <summary>The plan of a reduction.</summary>
    public static GivenPlan Of(GivenMemory given, MemoryReduction reduction) => new(
        TextTable.Print([.. Table(given)]),
        reduction.Q.Select(row => Literals.Row(row)).ToEquatableArray(),
        reduction.PseudoInverse.Select(row => Literals.Row(row)).ToEquatableArray());

    private static IEnumerable<string[]> Table(GivenMemory given)
    {
        var size = given.a.Count;
        yield return ["B", .. Enumerable.Repeat("", size - 1), "a"];
        for (var row = 0; row < size; row++)
            yield return [.. given.B.Skip(row * size).Take(size).Append(given.a[row]).Select(TextTable.Number)];
    }
}
