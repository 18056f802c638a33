using Quickstart.Cli;
using Shared.Cli;
using Shared.Data;
using Shared.Training;
using Rllc.Examples.Tests.Report;
using Spectre.Console;

namespace Rllc.Examples.Tests.Cli;

public sealed class SessionTests : IDisposable
{
    private static readonly DataSplit Data = StrokeDigits.Draw(1, 1300, 200, 200);
    private static readonly RunSettings Settings = new("MomentumMix", "strokes", null, 0.03, 0.003, 200, 1);
    private readonly TemporaryDirectory directory = new();
    private readonly StringWriter output = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_run_leaves_a_page_with_two_plots_a_record_and_a_checkpoint()
    {
        using var culture = new FinnishCulture();

        Assert.Equal(0, Run(Settings));

        var page = HtmlReportTests.Load(directory.File("report.html"));
        Assert.Equal(["Accuracy", "Learning law"], page.Descendants("h2").Select(title => title.Value));
        var lines = page.Descendants("svg").Select(svg => svg.Elements("polyline").Select(line => LinePlotTests.Coordinates(line).ToList()).ToList()).ToList();
        Assert.All(lines[0], line => Assert.Equal(4, line.Count));
        Assert.All(lines[1], line => Assert.Equal(5, line.Count));
        Assert.All(lines.SelectMany(plot => plot).SelectMany(line => line), LinePlotTests.AssertInside);
        Assert.Equal(6, File.ReadAllLines(directory.File("run.csv")).Length);
        Assert.True(File.Exists(directory.File("checkpoint.safetensors")));
    }

    [Fact]
    public void A_run_is_told_in_plain_lines_and_a_table_the_same_in_every_culture()
    {
        using var culture = new FinnishCulture();

        Run(Settings);

        var text = output.ToString();
        Assert.Matches(@"(?m)^    200  loss \d\.\d{3}  training \d\d\.\d\d %  validation \d\d\.\d\d %  law M_0_9 \d\.\d{3}, M_0 -?\d\.\d{3}\r?$", text);
        Assert.Matches(@"Test +│ \d\d\.\d\d %, loss \d\.\d{4}", text);
        Assert.Contains("134,794 parameters", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u2212', text);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void A_run_that_is_stopped_says_how_to_go_on()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Equal(Session.Interrupted, Run(Settings, stop.Token));

        Assert.Contains($"to go on: --resume --out {directory.Path}", output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(directory.File("report.html")));
    }

    [Fact]
    public void A_plain_loop_has_one_plot_and_no_checkpoint()
    {
        Assert.Equal(0, Run(Settings with { Optimizer = "sgd", LearningRate = 0.1, LawLearningRate = null }));

        Assert.Single(HtmlReportTests.Load(directory.File("report.html")).Descendants("svg"));
        Assert.DoesNotContain("safetensors", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverges_fails_and_says_why()
    {
        Assert.Equal(1, Run(Settings with { Optimizer = "sgd", LearningRate = 1e6, LawLearningRate = null }));

        Assert.Contains("no longer finite", output.ToString(), StringComparison.Ordinal);
    }

    private int Run(RunSettings settings, CancellationToken cancellation = default)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 160;
        return new Session(console, QuickstartCommand.Program, new(directory.Path), threads: 0, resume: false).Run(settings, Data, cancellation);
    }
}
