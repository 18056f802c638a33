using Landscapes.Functions;
using Landscapes.Runs;
using Shared.Report;
using static System.FormattableString;

namespace Landscapes.Report;

/// <summary>The page on all landscapes.</summary>
internal static class LandscapesPage
{
    /// <summary>A landscape's picture and the table of where its trajectories ended.</summary>
    public static IEnumerable<ReportSection> Sections(Landscape landscape, IReadOnlyList<LandscapeResult> results, int steps, int starts)
    {
        yield return new(landscape.Name, new ContourPlot(landscape, results).ToSvg(), Invariant(
            $"{landscape.Formula}. Trajectories of {steps} steps from ({string.Join(", ", landscape.Start.Select(x => Invariant($"{x}")))}), each at the learning rate that led lowest; circles where they ended. The minimum is at ({string.Join(", ", landscape.Minimum.Select(x => Invariant($"{x}")))})."));
        yield return ReportSection.Of(
            $"{landscape.Name}: where they ended",
            ["optimizer", "learning rate", "end", "value", "sharpness", "found the minimum"],
            results.Select(Row),
            Invariant($"Sharpness: the largest eigenvalue of the Hessian at the end. Found: the share of {starts} random starts from which the same learning rate led to within 0.1 of the minimum."));
    }

    /// <summary>The plot of how often the well was passed.</summary>
    public static ReportSection Escapes(IEnumerable<(string Name, IReadOnlyList<(double Sharpness, double Escaped)> Ratios)> escapes, double rate, int steps, int starts) => ReportSection.Of(
        new LinePlot("Escape from a sharp minimum", "log₂ of the well's sharpness", " %",
            [.. escapes.Select(escape => new PlotSeries(escape.Name, [.. escape.Ratios.Select(ratio => (Math.Log2(ratio.Sharpness), 100 * ratio.Escaped))]))]),
        Invariant($"{new SharpWell(1).Formula}: the share of {starts} starts in [−4, −3] that ended beyond the well at 0 after {steps} steps, all at the learning rate {rate}. The flat minimum is at 6."));

    private static IReadOnlyList<string> Row(LandscapeResult result) =>
    [
        result.Contender.Name,
        Invariant($"{result.Rate:G3}"),
        // + 0, so that there is no -0.
        $"({string.Join(", ", result.Trajectory.End.Select(x => Invariant($"{Math.Round(x, 3) + 0:0.###}")))})",
        double.IsFinite(result.Trajectory.Value) ? Invariant($"{result.Trajectory.Value:G4}") : "left the numbers",
        double.IsFinite(result.Sharpness) ? Invariant($"{result.Sharpness:G4}") : "–",
        Invariant($"{100 * result.Found:0} %"),
    ];
}
