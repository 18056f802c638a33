using System.Xml.Linq;

namespace Shared.Report;

/// <summary>A page on some runs that needs nothing but itself: a table of facts, plots and tables, for light and dark screens.</summary>
/// <param name="Title">What was run.</param>
/// <param name="Facts">Names and values, in order.</param>
/// <param name="Sections">Pictures and tables, in order.</param>
internal sealed record HtmlReport(
    string Title, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<ReportSection> Sections)
{
    // No character that XML would escape may appear here: browsers read a style sheet as it stands.
    private const string StyleSheet = """
        :root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --rule: #d8dee4; --paper: #ffffff; --zero: #8c959f;
          --c0: #0969da; --c1: #d1572a; --c2: #1a7f37; --c3: #8250df; --c4: #b0810f; --c5: #bf3989;
          --c6: #0f7f8a; --c7: #7d4e28; --c8: #6b7a12; --c9: #c4282d; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --soft: #9198a1; --rule: #2f353d; --paper: #0d1117; --zero: #656c76;
            --c0: #58a6ff; --c1: #ff8f66; --c2: #4ac26b; --c3: #b78bff; --c4: #e3b341; --c5: #f778ba;
            --c6: #39c5cf; --c7: #d0a279; --c8: #b5c63f; --c9: #ff7b72; } }
        body { margin: 2.5rem auto; max-width: 54rem; padding: 0 1.25rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.6rem; margin: 0 0 1rem; }
        h2 { font-size: 1.1rem; margin: 2.25rem 0 0.5rem; }
        figure { margin: 0; }
        figcaption { color: var(--soft); font-size: 0.9rem; }
        svg { display: block; width: 100%; height: auto; font-size: 13px; font-variant-numeric: tabular-nums; }
        svg text { fill: var(--soft); }
        svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
        svg line { stroke: var(--rule); } svg line.zero { stroke: var(--zero); }
        svg polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        svg path.contour { fill: none; stroke: var(--rule); }
        svg circle { fill: var(--paper); stroke-width: 3; }
        pre { overflow-x: auto; font-size: 0.85rem; }
        table { border-collapse: collapse; }
        td, th { padding: 0.2rem 1.5rem 0.2rem 0; text-align: left; vertical-align: top; font-variant-numeric: tabular-nums; }
        th { font-weight: normal; color: var(--soft); white-space: nowrap; }
        """;

    public void Write(string path)
    {
        var style = StyleSheet + string.Concat(Enumerable.Range(0, LinePlot.ColourCount).Select(i =>
            $"\nsvg .line{i} {{ stroke: var(--c{i}); }} svg .label{i} {{ fill: var(--c{i}); font-weight: 600; }}"));
        var page = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", Title),
                new XElement("style", style)),
            new XElement("body",
                new XElement("h1", Title),
                new XElement("table", Facts.Select(fact => new XElement("tr", new XElement("th", fact.Name), new XElement("td", fact.Value)))),
                Sections.Select(section => new XElement("section",
                    new XElement("h2", section.Title),
                    new XElement("figure", section.Content, new XElement("figcaption", section.Caption))))));

        File.WriteAllText(path, $"<!DOCTYPE html>\n{page}\n".ReplaceLineEndings("\n"));
    }
}
