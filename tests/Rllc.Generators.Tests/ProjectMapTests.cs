using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>The map of the code in CONTRIBUTING is what the projects say, and its dependencies go in one direction.</summary>
public sealed partial class ProjectMapTests
{
    private static readonly string Sources = Path.Combine(DocumentedPage.Root, "src");

    private static readonly List<(string Project, string References)> Rows =
        [.. Row().Matches(File.ReadAllText(Path.Combine(DocumentedPage.Root, "CONTRIBUTING.md"))).Select(row => (row.Groups["project"].Value, row.Groups["references"].Value))];

    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Sources).Select(folder => Path.GetFileName(folder))];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_what_the_map_says_and_nothing_below_itself(string project)
    {
        var row = Rows.FindIndex(row => row.Project == project);
        Assert.True(row >= 0, $"The map has no src/{project}.");
        var references = References(project).ToList();

        Assert.Equal(references.Order(StringComparer.Ordinal), Rows[row].References.Split(", ").Where(name => name != "nothing").Order(StringComparer.Ordinal));
        Assert.All(references.Where(name => name.StartsWith("Rllc.", StringComparison.Ordinal)), name => Assert.Contains(Rows[..row], above => above.Project == name));
    }

    // What only helps to build a project, or is there wherever it runs, is no dependency of it; of Roslyn there is the version.
    private static IEnumerable<string> References(string project)
    {
        var file = XDocument.Load(Path.Combine(Sources, project, $"{project}.csproj"));
        foreach (var element in file.Descendants("ProjectReference"))
            yield return Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value);
        foreach (var package in file.Descendants("PackageReference").Select(element => element.Attribute("Include")!.Value).Where(package => package != "Microsoft.CodeAnalysis.Analyzers"))
            yield return package.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) ? $"Roslyn {Version(package)}" : package;
    }

    private static string Version(string package) =>
        XDocument.Load(Path.Combine(DocumentedPage.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    [GeneratedRegex(@"^\| `src/(?<project>[\w.]+)` \|.*\| (?<references>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
