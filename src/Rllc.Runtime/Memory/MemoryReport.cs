using System.Globalization;

namespace Rllc;

/// <summary>A linear memory as a page of text, in the invariant culture.</summary>
internal static class MemoryReport
{
    public static string Print(LinearMemory memory, string title) =>
        string.Format(
            CultureInfo.InvariantCulture,
            """
            {0}: {1} {2}, spectral radius {3}, {4}, cond(S) {5}

            {6}

            {7}
            """.Replace("\r\n", "\n"),
            title,
            memory.UnitCount,
            memory.UnitCount == 1 ? "unit" : "units",
            TextTable.Number(memory.SpectralRadius),
            memory.IsControllable ? "controllable" : "not controllable",
            TextTable.Rounded(memory.ConditionNumber),
            Units(memory),
            Costs(memory.Cost));

    /// <summary>One row per unit: its row of B, its entry of a, what it remembers.</summary>
    private static string Units(LinearMemory memory)
    {
        var units = Enumerable.Range(0, memory.UnitCount).ToArray();
        string[] header = ["unit", "B", .. units.Skip(1).Select(_ => ""), "a", "half-life", "DC gain"];
        var rows = units.Select(i => (string[])
        [
            memory.Units[i].Name,
            .. units.Select(j => TextTable.Number(memory.B[i, j])),
            TextTable.Number(memory.a[i]),
            TextTable.Rounded(memory.Units[i].HalfLife),
            TextTable.Rounded(memory.Units[i].DcGain),
        ]);
        return TextTable.Print([header, .. rows]);
    }

    /// <summary>What a parameter costs, by the timing of the law.</summary>
    private static string Costs(MemoryCost cost)
    {
        var narrow = cost.InBFloat16;
        string[] Row(string name, int exact, int delayed) => [name, TextTable.Number(exact), TextTable.Number(delayed)];
        return TextTable.Print(
        [
            ["per parameter", "exact", "delayed"],
            Row("bytes of memory", cost.BytesOfMemory, cost.BytesOfMemory),
            Row("  in bfloat16", narrow.BytesOfMemory, narrow.BytesOfMemory),
            Row("bytes moved in a step", cost.BytesMovedExact, cost.BytesMovedDelayed),
            Row("  in bfloat16", narrow.BytesMovedExact, narrow.BytesMovedDelayed),
            Row("multiply-adds in a step", cost.MultiplyAdds, cost.MultiplyAdds),
        ]);
    }
}
