using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Landscapes.Functions;
using Landscapes.Runs;
using Shared.Report;

namespace Landscapes.Report;

/// <summary>A landscape's contours with the trajectories over it, as inline SVG coloured by the page's style sheet.</summary>
/// <param name="landscape">A function of two variables.</param>
/// <param name="results">The trajectories, at most <see cref="LinePlot.ColourCount"/> in colours of their own.</param>
internal sealed class ContourPlot(Landscape landscape, IReadOnlyList<LandscapeResult> results)
{
    private const int Cells = 140, Levels = 14;
    private const double Width = 800, Side = 520, Left = 62, Top = 16;

    private readonly (double Low, double High) x = landscape.Window[0];
    private readonly (double Low, double High) y = landscape.Window[1];

    public XElement ToSvg()
    {
        var values = Sample();
        return new("svg",
            new XAttribute("viewBox", Invariant($"0 0 {Width} {Side + Top + 40}")), new XAttribute("role", "img"),
            new XAttribute("aria-label", $"{landscape.Name}: contours and trajectories"),
            // What leaves the window is cut off by a picture of its own.
            new XElement("svg",
                new XAttribute("x", Left), new XAttribute("y", Top), new XAttribute("width", Side), new XAttribute("height", Side),
                ContourLevels(values).Select(level => Contour(values, level)),
                results.Select(Line),
                results.Select(End)),
            Ticks(x).Select(tick => Text("middle", Left + AtX(tick), Top + Side + 20, tick)),
            Ticks(y).Select(tick => Text("end", Left - 8, Top + AtY(tick) + 4, tick)),
            results.Select((result, i) => new XElement("text",
                new XAttribute("class", $"start label{i % LinePlot.ColourCount}"),
                new XAttribute("x", Left + Side + 16), new XAttribute("y", Top + 14 + 20 * i), result.Contender.Name)));
    }

    private double[,] Sample()
    {
        var values = new double[Cells + 1, Cells + 1];
        for (var row = 0; row <= Cells; row++)
            for (var column = 0; column <= Cells; column++)
                values[row, column] = landscape.Value([x.Low + (x.High - x.Low) * column / Cells, y.High - (y.High - y.Low) * row / Cells]);
        return values;
    }

    // As much of the picture lies between any two of them: functions rise by orders of magnitude.
    private static IEnumerable<double> ContourLevels(double[,] values)
    {
        var sorted = values.Cast<double>().Order().ToArray();
        return Enumerable.Range(1, Levels).Select(i => sorted[(sorted.Length - 1) * i / (Levels + 1)]);
    }

    private static XElement Contour(double[,] values, double level)
    {
        var path = new StringBuilder();
        foreach (var (from, to) in Contours.At(values, level))
            path.Append(CultureInfo.InvariantCulture, $"M{from.X * Side / Cells:0.#} {from.Y * Side / Cells:0.#}L{to.X * Side / Cells:0.#} {to.Y * Side / Cells:0.#}");
        return new("path", new XAttribute("class", "contour"), new XAttribute("d", path), new XElement("title", Invariant($"{level:0.###}")));
    }

    private XElement Line(LandscapeResult result, int index) => new("polyline",
        new XAttribute("class", $"line{index % LinePlot.ColourCount}"),
        new XAttribute("points", string.Join(' ', result.Trajectory.Points.Select(point => Invariant($"{Far(AtX(point[0])):0.#},{Far(AtY(point[1])):0.#}")))),
        new XElement("title", result.Contender.Name));

    private XElement End(LandscapeResult result, int index) => new("circle",
        new XAttribute("class", $"line{index % LinePlot.ColourCount}"),
        new XAttribute("cx", Invariant($"{Far(AtX(result.Trajectory.End[0])):0.#}")), new XAttribute("cy", Invariant($"{Far(AtY(result.Trajectory.End[1])):0.#}")),
        new XAttribute("r", 5), new XElement("title", result.Contender.Name));

    private double AtX(double value) => (value - x.Low) / (x.High - x.Low) * Side;

    private double AtY(double value) => (y.High - value) / (y.High - y.Low) * Side;

    // Outside is outside; numbers of any size are not for every browser.
    private static double Far(double position) => Math.Clamp(position, -10 * Side, 10 * Side);

    private static IEnumerable<double> Ticks((double Low, double High) range) => Enumerable.Range((int)Math.Ceiling(range.Low), (int)(Math.Floor(range.High) - Math.Ceiling(range.Low)) + 1).Select(tick => (double)tick);

    private static XElement Text(string anchor, double x, double y, double value) => new("text",
        new XAttribute("class", anchor), new XAttribute("x", x), new XAttribute("y", y), value.ToString(CultureInfo.InvariantCulture));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
