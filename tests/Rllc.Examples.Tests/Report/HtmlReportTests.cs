using System.Xml;
using System.Xml.Linq;
using Shared.Report;

namespace Rllc.Examples.Tests.Report;

public sealed class HtmlReportTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_page_is_well_formed_and_shows_facts_plots_and_tables()
    {
        var plot = new LinePlot("Law", "iteration", "", [new("a < b & \"c\"", [(0, 1), (1, 2)])]);
        new HtmlReport("M(0.9) ⊕ M(0)", [("Name & sign", "<value>")], [ReportSection.Of(plot, "First."), ReportSection.Of("Table", ["x"], [["1 < 2"]], "Second.")]).Write(directory.File("page.html"));

        var page = Load(directory.File("page.html"));

        Assert.Equal("M(0.9) ⊕ M(0)", page.Descendants("h1").Single().Value);
        Assert.Equal(["<value>", "1 < 2"], page.Descendants("td").Select(cell => cell.Value));
        Assert.Equal(["Name & sign", "x"], page.Descendants("th").Select(cell => cell.Value));
        Assert.Single(page.Descendants("svg"));
        Assert.Equal(["First.", "Second."], page.Descendants("figcaption").Select(caption => caption.Value));
    }

    [Fact]
    public void The_page_needs_nothing_from_outside_and_its_style_sheet_is_not_escaped()
    {
        new HtmlReport("Title", [], []).Write(directory.File("page.html"));

        var text = File.ReadAllText(directory.File("page.html"));

        Assert.StartsWith("<!DOCTYPE html>\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('&', text);
        Assert.DoesNotContain('\r', text);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
    }

    internal static XElement Load(string path)
    {
        using var reader = XmlReader.Create(path, new() { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
