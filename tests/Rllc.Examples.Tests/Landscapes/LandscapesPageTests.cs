using System.Globalization;
using System.Xml.Linq;
using Landscapes.Cli;
using Landscapes.Optimizers;
using Landscapes.Report;
using Rllc.Examples.Tests.Report;
using Spectre.Console;

namespace Rllc.Examples.Tests.Landscapes;

public sealed class LandscapesPageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_contour_of_a_cone_is_a_circle()
    {
        var values = new double[41, 41];
        for (var row = 0; row <= 40; row++)
            for (var column = 0; column <= 40; column++)
                values[row, column] = double.Hypot(row - 20, column - 20);
        var pieces = Contours.At(values, 12.5).ToList();
        Assert.All(pieces.SelectMany(piece => new[] { piece.From, piece.To }), point => Assert.Equal(12.5, double.Hypot(point.X - 20, point.Y - 20), 0.05));
        Assert.Equal(2 * Math.PI * 12.5, pieces.Sum(piece => double.Hypot(piece.To.X - piece.From.X, piece.To.Y - piece.From.Y)), 0.5);
        Assert.Empty(Contours.At(values, 100));
    }

    [Fact]
    public async Task A_run_writes_a_page_and_numbers_for_every_landscape_and_optimizer()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var arguments = new[] { "--steps", "20", "--starts", "2", "--out", directory.File("run") };
        Assert.Equal(0, await new LandscapesCommand(console).Parse(arguments).InvokeAsync());

        var page = HtmlReportTests.Load(directory.File("run/landscapes.html"));
        Assert.Equal(
            ["Quadratic, κ = 50", "Rosenbrock", "Ackley", "Goldstein-Price"],
            page.Descendants("h2").Select(title => title.Value).Where(title => !title.Contains(':', StringComparison.Ordinal)).Take(4));
        // In each picture: a line and an end for every optimizer, and its name.
        var pictures = page.Descendants("svg").Where(svg => svg.Parent!.Name == "figure").ToList();
        Assert.Equal(5, pictures.Count);
        foreach (var picture in pictures.Take(4))
        {
            Assert.Equal(14, picture.Descendants("path").Count());
            Assert.Equal(Contenders.All.Count, picture.Descendants("polyline").Count());
            Assert.Equal(Contenders.All.Count, picture.Descendants("circle").Count());
            Assert.All(Contenders.All, contender => Assert.Contains(picture.Descendants("text"), text => text.Value == contender.Name));
            Assert.All(picture.Descendants("polyline"), line => Assert.All(Numbers(line), number => Assert.True(double.IsFinite(number))));
        }

        var lines = await File.ReadAllLinesAsync(directory.File("run/landscapes.csv"));
        Assert.Equal("landscape,optimizer,learning_rate,x,y,value,sharpness,found", lines[0]);
        Assert.Equal(4 * Contenders.All.Count, lines.Length - 1);
        Assert.Contains("Escaped", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--steps", "0", "expected a whole number from 1 on")]
    [InlineData("--escape-learning-rate", "-1", "expected a number that is not negative")]
    public void Bad_arguments_are_refused(string option, string value, string message) =>
        Assert.Contains(message, Assert.Single(new LandscapesCommand(AnsiConsole.Console).Parse([option, value]).Errors).Message, StringComparison.Ordinal);

    private static IEnumerable<double> Numbers(XElement line) =>
        line.Attribute("points")!.Value.Split(' ', ',').Select(number => double.Parse(number, CultureInfo.InvariantCulture));
}
