using System.Xml.Linq;

namespace Shared.Report;

/// <summary>A part of a page: a picture or a table, and what it shows.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Content">The svg or table element.</param>
/// <param name="Caption">What is below it.</param>
internal sealed record ReportSection(string Title, XElement Content, string Caption)
{
    /// <summary>A plot.</summary>
    public static ReportSection Of(LinePlot plot, string caption) => new(plot.Title, plot.ToSvg(), caption);

    /// <summary>A table with a row of headings.</summary>
    public static ReportSection Of(string title, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, string caption) => new(
        title,
        new("table",
            new XElement("tr", headings.Select(heading => new XElement("th", heading))),
            rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", cell))))),
        caption);
}
