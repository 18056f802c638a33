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
            Units(memory, law: null),
            Costs(
                memory.Cost,
                ("exact", cost => cost.BytesMovedExact, memory.Cost.MultiplyAdds),
                ("delayed", cost => cost.BytesMovedDelayed, memory.Cost.MultiplyAdds)));

    /// <summary>
    /// The report of a memory with a fixed law: L beside a, what a step with it costs, and nothing of what only a law that learns
    /// depends on.
    /// </summary>
    public static string Print(LinearMemory memory, IReadOnlyList<double> law, string title) =>
        string.Format(
            CultureInfo.InvariantCulture,
            """
            {0}: {1} {2}, spectral radius {3}

            {4}

            {5}
            """.Replace("\r\n", "\n"),
            title,
            memory.UnitCount,
            memory.UnitCount == 1 ? "unit" : "units",
            TextTable.Number(memory.SpectralRadius),
            Units(memory, law),
            Costs(memory.Cost, ("fixed law", cost => cost.BytesMovedFixed, memory.Cost.MultiplyAddsFixed)));

    /// <summary>One row per unit: its row of B, its entry of a, its coefficient in L where that is fixed, what it remembers.</summary>
    private static string Units(LinearMemory memory, IReadOnlyList<double>? law)
    {
        var units = Enumerable.Range(0, memory.UnitCount).ToArray();
        string[] Law(string cell) => law is null ? [] : [cell];
        string[] header = ["unit", "B", .. units.Skip(1).Select(_ => ""), "a", .. Law("L"), "half-life", "DC gain"];
        var rows = units.Select(i => (string[])
        [
            memory.Units[i].Name,
            .. units.Select(j => TextTable.Number(memory.B[i, j])),
            TextTable.Number(memory.a[i]),
            .. Law(law is null ? "" : TextTable.Number(law[i])),
            TextTable.Rounded(memory.Units[i].HalfLife),
            TextTable.Rounded(memory.Units[i].DcGain),
        ]);
        return TextTable.Print([header, .. rows]);
    }

    /// <summary>What a parameter costs, by the kind or timing of the law.</summary>
    private static string Costs(MemoryCost cost, params (string Name, Func<MemoryCost, int> BytesMoved, int MultiplyAdds)[] steps)
    {
        var narrow = cost.InBFloat16;
        string[] Row(string name, Func<int, int> value) => [name, .. Enumerable.Range(0, steps.Length).Select(step => TextTable.Number(value(step)))];
        return TextTable.Print(
        [
            ["per parameter", .. steps.Select(step => step.Name)],
            Row("bytes of memory", _ => cost.BytesOfMemory),
            Row("  in bfloat16", _ => narrow.BytesOfMemory),
            Row("bytes moved in a step", step => steps[step].BytesMoved(cost)),
            Row("  in bfloat16", step => steps[step].BytesMoved(narrow)),
            Row("multiply-adds in a step", step => steps[step].MultiplyAdds),
        ]);
    }
}
