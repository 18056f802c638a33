using System.Xml.Linq;
using Rllc;
using Shared.Report;
using static System.FormattableString;

namespace Explain.Report;

/// <summary>An explanation as a page.</summary>
internal static class ExplanationPage
{
    /// <summary>The page.</summary>
    public static HtmlReport Of(Explanation explanation) => new(explanation.Spec, [.. Facts(explanation)], [.. Sections(explanation)]);

    private static IEnumerable<(string, string)> Facts(Explanation explanation)
    {
        var memory = explanation.Memory;
        foreach (var warning in explanation.Warnings)
            yield return ("warning", warning);
        yield return ("units", Invariant($"{memory.UnitCount}"));
        yield return ("spectral radius", Invariant($"{memory.SpectralRadius:G6}"));
        yield return ("cond(S)", Invariant($"{memory.ConditionNumber:G4}"));
        yield return ("bytes kept", Invariant($"{memory.Cost.BytesOfMemory} for each parameter, {memory.Cost.InBFloat16.BytesOfMemory} in bfloat16"));
        yield return ("bytes moved", Invariant($"{memory.Cost.BytesMovedExact} in a step with exact timing, {memory.Cost.BytesMovedDelayed} delayed, {memory.Cost.BytesMovedFixed} with a fixed law"));
        yield return ("multiply-adds", Invariant($"{memory.Cost.MultiplyAdds} in a step"));
    }

    private static IEnumerable<ReportSection> Sections(Explanation explanation)
    {
        var memory = explanation.Memory;
        yield return ReportSection.Of("B and a", ["unit", .. explanation.Names.Select((_, i) => i == 0 ? "B" : ""), "a", "half-life", "DC gain"], memory.Units.Select((unit, i) => Row(memory, unit, i)),
            "From one gradient g to the next the memory M becomes MB + gaᵀ. Half-life: after how many steps at the latest a gradient counts half as much. DC gain: what a gradient that stays adds up to.");
        yield return ReportSection.Of(Plot("Weights of past gradients", "steps ago", explanation.Names, explanation.Impulses, i => i, ""),
            "What each unit makes of one gradient of 1.");
        yield return ReportSection.Of(Plot("Amplitude by frequency", "frequency, as a share of turning in every step", explanation.Names, explanation.Decibels, i => Explanation.FrequencyShares[i], " dB"),
            "How far each unit swings where the gradient swings: on the left for a gradient that stays, on the right for one that changes its sign in every step.");
        if (explanation.KnownLaws.Count > 0)
        {
            yield return ReportSection.Of("Textbook optimizers with this memory", ["optimizer", "law"],
                explanation.KnownLaws.Select(law => (IReadOnlyList<string>)[law.Optimizer, $"[FixedLaw({ExplanationText.Numbers(law)})]"]),
                "With the law learnt instead, training decides between them and everything in between.");
        }
        yield return new("Generated kernels", new XElement("pre", explanation.Code), "What [Propagator] emits for the CPU.");
    }

    private static IReadOnlyList<string> Row(LinearMemory memory, MemoryUnit unit, int row) =>
    [
        unit.Name,
        .. Enumerable.Range(0, memory.UnitCount).Select(column => Invariant($"{memory.B[row, column]:G7}")),
        Invariant($"{memory.a[row]:G7}"),
        Invariant($"{unit.HalfLife:G4}"),
        Invariant($"{unit.DcGain:G4}"),
    ];

    private static LinePlot Plot(string title, string axis, IReadOnlyList<string> names, IReadOnlyList<double[]> curves, Func<int, double> x, string unit) =>
        new(title, axis, unit, [.. names.Zip(curves, (name, curve) => new PlotSeries(name, [.. curve.Select((value, i) => (x(i), value))]))]);
}
