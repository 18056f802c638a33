using System.Globalization;
using System.Xml.Linq;

namespace Shared.Report;

/// <summary>One line of a plot; points that are not finite are left out.</summary>
internal sealed record PlotSeries(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A plot of some lines over a common x axis, as inline SVG coloured by the page's style sheet.</summary>
/// <param name="Title">What the lines are.</param>
/// <param name="XLabel">What the x axis counts.</param>
/// <param name="YUnit">What follows the numbers at the y axis, such as <c> %</c>.</param>
/// <param name="Series">The lines, at most <see cref="ColourCount"/> in colours of their own.</param>
internal sealed record LinePlot(string Title, string XLabel, string YUnit, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Number of line colours, the classes line0, line1, … of the style sheet.</summary>
    public const int ColourCount = 10;

    private const double Width = 800, Height = 360, Left = 62, Top = 16, Bottom = 312;
    private const double LabelHeight = 17;

    // Of a bold letter of the style sheet, about.
    private const double LetterWidth = 8.5;

    // What the longest label leaves of the picture; plots of short ones are of one width.
    private double Right => Width - 10 - LetterWidth * Labels.Select(label => label.Text.Length).Append(18).Max();

    private IReadOnlyList<(string Text, string Colour, double Last)> Labels => [.. Series
        .Select((line, index) => (line.Name, Colour: $"label{index % ColourCount}", Last: line.Points.LastOrDefault(IsFinite, (0, double.NaN)).Y))
        .Where(label => double.IsFinite(label.Last))
        .OrderByDescending(label => label.Last)
        // + 0, so that there is no -0.
        .Select(label => (Invariant($"{label.Name} {Math.Round(label.Last, 2) + 0:0.00}{YUnit}"), label.Colour, label.Last))];

    public XElement ToSvg()
    {
        var points = Series.SelectMany(line => line.Points).Where(IsFinite).ToList();
        var x = new Axis(points.Select(point => point.X), Left, Right);
        var y = new Axis(points.Select(point => point.Y), Bottom, Top);
        return new("svg",
            new XAttribute("viewBox", Invariant($"0 0 {Width} {Height}")), new XAttribute("role", "img"), new XAttribute("aria-label", Title),
            y.Ticks.Select(tick => Line(tick == 0 ? "zero" : "grid", Left, y.At(tick), Right, y.At(tick))),
            y.Ticks.Select(tick => Text("end", Left - 8, y.At(tick) + 4, y.Format(tick) + YUnit)),
            x.Ticks.Select(tick => Line("grid", x.At(tick), Bottom, x.At(tick), Bottom + 5)),
            x.Ticks.Select(tick => Text("middle", x.At(tick), Bottom + 20, x.Format(tick))),
            Text("middle", (Left + Right) / 2, Bottom + 40, XLabel),
            Series.Select((line, index) => Polyline(line, $"line{index % ColourCount}", x, y)),
            EndLabels(y));
    }

    private static XElement Polyline(PlotSeries line, string colour, Axis x, Axis y) => new("polyline",
        new XAttribute("class", colour),
        new XAttribute("points", string.Join(' ', line.Points.Where(IsFinite).Select(point => Invariant($"{x.At(point.X):0.##},{y.At(point.Y):0.##}")))),
        new XElement("title", line.Name));

    /// <summary>Every line's name and last value at its right end, moved apart where lines end close together.</summary>
    private IEnumerable<XElement> EndLabels(Axis y)
    {
        var labels = Labels;
        var at = labels.Select(label => y.At(label.Last)).ToArray();
        for (var i = 1; i < at.Length; i++)
            at[i] = Math.Max(at[i], at[i - 1] + LabelHeight);
        var lowest = Bottom;
        for (var i = at.Length - 1; i >= 0; i--, lowest -= LabelHeight)
            at[i] = Math.Min(at[i], lowest);
        return labels.Select((label, i) => Text("start", Right + 10, at[i] + 4, label.Text, label.Colour));
    }

    private static XElement Line(string style, double x1, double y1, double x2, double y2) => new("line",
        new XAttribute("class", style), new XAttribute("x1", x1), new XAttribute("y1", y1), new XAttribute("x2", x2), new XAttribute("y2", y2));

    private static XElement Text(string anchor, double x, double y, string text, string style = "") => new("text",
        new XAttribute("class", $"{anchor} {style}".TrimEnd()), new XAttribute("x", x), new XAttribute("y", y), text);

    private static bool IsFinite((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Maps a range that holds all values, with ends and ticks at round numbers, to a stretch of the picture.</summary>
    private sealed class Axis
    {
        private const int MostTicks = 6;
        private readonly double low, high, from, to, step;

        public Axis(IEnumerable<double> values, double from, double to)
        {
            (this.from, this.to) = (from, to);
            var (least, most) = values.Aggregate(
                (Least: double.PositiveInfinity, Most: double.NegativeInfinity), (range, value) => (Math.Min(range.Least, value), Math.Max(range.Most, value)));
            if (least > most)
                (least, most) = (0, 1);
            else if (least == most)
                (least, most) = (least - 0.5, most + 0.5);
            step = RoundStep((most - least) / MostTicks);
            (low, high) = (Math.Floor(least / step) * step, Math.Ceiling(most / step) * step);
        }

        public IEnumerable<double> Ticks =>
            Enumerable.Range(0, (int)Math.Round((high - low) / step) + 1).Select(i => (Math.Round(low / step) + i) * step);

        public double At(double value) => Math.Round(from + (value - low) / (high - low) * (to - from), 2);

        public string Format(double tick)
        {
            var decimals = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));
            return tick.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        }

        /// <summary>The least of 1, 2, 5, 10, … times a power of ten that is not below the given one.</summary>
        private static double RoundStep(double least)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
            return power * new[] { 1, 2, 5, 10 }.First(factor => factor * power >= least * (1 - 1e-9));
        }
    }
}
