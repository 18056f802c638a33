using System.CommandLine;
using System.Xml.Linq;
using Explain.Cli;
using Rllc.Examples.Tests.Report;
using Spectre.Console;

namespace Rllc.Examples.Tests.Explain;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_memory_is_explained_in_text()
    {
        using var culture = new FinnishCulture();

        var (code, output, errors) = Run("M(0.9) + M(0)");

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("M(0.9) ⊕ M(0): 2 units, spectral radius 0.9, controllable, cond(S) 7.06\n\nunit ", output, StringComparison.Ordinal);
        Assert.Contains("\n  M_0    █▁▁▁", output, StringComparison.Ordinal);
        Assert.Contains("▁  -5.6 dB to 20.0 dB\n", output, StringComparison.Ordinal);
        Assert.Contains("  [FixedLaw(0.9, 1)]  Nesterov's accelerated gradient\n", output, StringComparison.Ordinal);
        Assert.EndsWith("}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_specs_are_united_and_a_warning_comes_first()
    {
        var (code, output, _) = Run("M(0.9)", "M(0.9001)");

        Assert.Equal(0, code);
        Assert.StartsWith("RLLC015: The units of the memory are nearly linearly dependent", output, StringComparison.Ordinal);
        Assert.Contains("\n\nM(0.9) ⊕ M(0.9001): 2 units", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_has_carets_under_the_characters_at_fault()
    {
        var (code, output, errors) = Run("M(0.9) ⊕ N(0.6)", "--html", directory.File("page"));

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("RLLC002: 'N' is not a propagator; did you mean 'M'?\n    M(0.9) ⊕ N(0.6)\n             ^\n", errors);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("M(0.9) --html")]
    [InlineData("M(0.9) --csv")]
    public void A_wrong_argument_is_told(string arguments)
    {
        var (code, output, errors) = Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((1, ""), (code, output));
        Assert.NotEqual("", errors);
    }

    [Fact]
    public void The_page_has_the_matrices_two_plots_and_the_code()
    {
        Assert.Equal(0, Run("M(0.9) ⊕ M(0)", "--html", directory.File("page")).Code);

        var page = HtmlReportTests.Load(directory.File("page/explanation.html"));
        Assert.Equal(
            ["B and a", "Weights of past gradients", "Amplitude by frequency", "Textbook optimizers with this memory", "Generated kernels"],
            page.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(["M_0_9", "0.9", "0", "1", "6.579", "10"], page.Descendants("tr").Single(row => row.Element("td")?.Value == "M_0_9").Elements("td").Select(cell => cell.Value));
        Assert.Equal(2, page.Descendants("svg").Count());
        Assert.All(page.Descendants("svg"), plot => Assert.Equal(["M_0_9", "M_0"], Lines(plot)));
        Assert.Contains("TLanes.FusedMultiplyAdd(old0, b_0_9, gradient)", page.Descendants("pre").Single().Value, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(XElement plot) => plot.Elements("polyline").Select(line => line.Element("title")!.Value);

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var parsed = new ExplainCommand(console).Parse(arguments);
        if (parsed.Action is System.CommandLine.Invocation.ParseErrorAction action)
            action.ShowHelp = false;
        var code = parsed.Invoke(new() { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
