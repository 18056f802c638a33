using System.Globalization;
using System.Xml.Linq;
using Shared.Report;

namespace Rllc.Examples.Tests.Report;

public class LinePlotTests
{
    [Fact]
    public void Every_line_lies_inside_the_picture()
    {
        var svg = Plot([("rising", [(0, -3), (50, 1e3), (100, 2e3)]), ("flat", [(0, 5), (100, 5)])]);

        Assert.Equal(2, svg.Elements("polyline").Count());
        Assert.All(svg.Elements("polyline").SelectMany(Coordinates), AssertInside);
    }

    [Fact]
    public void Points_that_are_not_finite_are_left_out()
    {
        var svg = Plot([("broken", [(0, 1), (1, double.NaN), (2, double.PositiveInfinity), (3, 2)])]);

        Assert.Equal(2, Coordinates(svg.Element("polyline")!).Count());
        Assert.All(Coordinates(svg.Element("polyline")!), AssertInside);
    }

    [Fact]
    public void A_line_without_points_and_a_single_point_are_drawn_without_fault()
    {
        var empty = Plot([("empty", [])]);
        Assert.Empty(Coordinates(empty.Element("polyline")!));
        Assert.DoesNotContain(empty.Elements("text"), text => text.Value.Contains("empty", StringComparison.Ordinal));
        Assert.All(Coordinates(Plot([("single", [(0, 0.7)])]).Element("polyline")!), AssertInside);
    }

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-0.12, 0.31, "-0.2 -0.1 0.0 0.1 0.2 0.3 0.4")]
    [InlineData(0, 10_000, "0 2,000 4,000 6,000 8,000 10,000")]
    [InlineData(0.031, 0.032, "0.0310 0.0312 0.0314 0.0316 0.0318 0.0320")]
    public void Ticks_are_round_numbers(double low, double high, string expected)
    {
        using var culture = new FinnishCulture();

        var ticks = Plot([("line", [(0, low), (1, high)])]).Elements("text").Where(text => text.Attribute("class")!.Value == "end");

        Assert.Equal(expected, string.Join(' ', ticks.Select(text => text.Value)));
    }

    [Fact]
    public void Labels_of_lines_that_end_together_do_not_overlap()
    {
        var svg = Plot([("a", [(0, 0), (1, 0)]), ("b", [(0, 1), (1, 0)]), ("c", [(0, 1), (1, 0.001)])]);

        var heights = svg.Elements("text").Where(text => text.Attribute("class")!.Value.StartsWith("start", StringComparison.Ordinal))
            .Select(text => (double)text.Attribute("y")!).Order().ToList();

        Assert.Equal(3, heights.Count);
        Assert.All(heights.Zip(heights.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 15));
        Assert.InRange(heights[^1], 0, 330);
    }

    [Fact]
    public void Long_names_get_the_room_that_they_take()
    {
        var name = new string('M', 40);
        var label = Plot([(name, [(0, 1), (1, 2)])]).Elements("text").Single(text => text.Value.StartsWith(name, StringComparison.Ordinal));
        // Bold letters of 13 pixels are about 8 wide.
        Assert.InRange((double)label.Attribute("x")! + 8 * label.Value.Length, 0, 800);
    }

    internal static IEnumerable<(double X, double Y)> Coordinates(XElement polyline) =>
        polyline.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => point.Split(','))
            .Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture)));

    internal static void AssertInside((double X, double Y) point)
    {
        Assert.InRange(point.X, 0, 800);
        Assert.InRange(point.Y, 0, 360);
    }

    private static XElement Plot((string, (double, double)[])[] lines) =>
        new LinePlot("Plot", "iteration", "", [.. lines.Select(line => new PlotSeries(line.Item1, line.Item2))]).ToSvg();
}
