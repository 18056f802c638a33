extern alias generators;

using generators::Rllc.Generators;
using generators::Rllc.Generators.Analysis;
using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Rules;

/// <summary>A rule, its page, its row in the release files and its test class come together.</summary>
public sealed class RulePagesTests
{
    private static IReadOnlyList<DiagnosticDescriptor> Rules => new PropagatorAnalyzer().SupportedDiagnostics;

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    public static TheoryData<string> Warnings => [.. Rules.Where(rule => rule.DefaultSeverity == DiagnosticSeverity.Warning).Select(rule => rule.Id)];

    [Fact]
    public void No_id_is_used_twice() => Assert.Equal(Rules.Count, Rules.Select(rule => rule.Id).Distinct().Count());

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule() => Assert.Equal(Rules.Select(rule => rule.Id), RulePage.Ids);

    [Fact]
    public void Every_rule_is_in_the_index_in_order() => Assert.Equal(
        Rules.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {SeverityOf(rule)} | {rule.Title} |"),
        Lines("docs", "rules", "README.md").Where(line => line.StartsWith("| [", StringComparison.Ordinal)));

    [Fact]
    public void Every_rule_has_a_row_in_one_of_the_release_files()
    {
        var rows = Lines("src", "Rllc.Generators", "AnalyzerReleases.Shipped.md")
            .Concat(Lines("src", "Rllc.Generators", "AnalyzerReleases.Unshipped.md"));

        Assert.Equal(
            Rules.Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}"),
            rows.Where(row => row.StartsWith("RLLC", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_test_class(string id)
    {
        var tests = typeof(RulePagesTests).Assembly.GetType($"{typeof(RulePagesTests).Namespace}.{id}Tests");

        Assert.Contains(tests!.GetMethods(), method => method.IsDefined(typeof(FactAttribute), inherit: false));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_page_tells_the_rules_title_and_severity(string id)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        var page = RulePage.Of(id);

        Assert.Equal($"{id}: {rule.Title}", page.Heading);
        Assert.Equal(SeverityOf(rule), page.Severity);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_help_link_of_a_rule_leads_to_its_page(string id) =>
        Assert.True(File.Exists(Path.Combine(DocumentedPage.Root, RuleDescriptors.PageOf(id, "https://example.org").Replace("https://example.org/blob/main/", "", StringComparison.Ordinal))));

    // A link that leads nowhere is worse than none.
    [Fact]
    public void A_build_that_knows_no_address_has_no_help_links() => Assert.All(Rules, rule => Assert.Equal("", rule.HelpLinkUri));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_of_a_page_breaks_the_rule_once_and_no_other(string id)
    {
        var generated = RuleAssert.Project(Assert.Single(RulePage.Of(id).Code("Bad"))).Generate();

        var diagnostics = await generated.AnalyzeAsync(new PropagatorAnalyzer());
        Assert.Equal(id, Assert.Single(diagnostics, diagnostic => diagnostic.Id == id || RuleAssert.IsFault(diagnostic)).Id);
        // Only a host that is not referenced is unknown to the compiler, too.
        Assert.Equal(id == "RLLC027" ? ["CS0246"] : [], Errors(generated));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_good_examples_of_a_page_break_no_rule_and_compile(string id)
    {
        var examples = RulePage.Of(id).Code("Good");

        Assert.NotEmpty(examples);
        foreach (var example in examples)
            await CompilesWithoutAWord(example);
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public async Task The_pragma_of_a_warnings_page_suppresses_it(string id)
    {
        var example = Assert.Single(RulePage.Of(id).Code("Suppress"));

        await CompilesWithoutAWord(example);
        Assert.Equal(id, Assert.Single(await RuleAssert.Analyze(example.Replace("#pragma", "//", StringComparison.Ordinal)), RuleAssert.IsFault).Id);
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public async Task The_editorconfig_of_a_warnings_page_suppresses_it(string id)
    {
        var page = RulePage.Of(id);
        var options = new EditorConfig(Assert.Single(page.Code("Suppress", "ini")));
        var project = RuleAssert.Project(Assert.Single(page.Code("Bad")));

        Assert.Single(await project.AnalyzeAsync(new PropagatorAnalyzer()), RuleAssert.IsFault);
        Assert.DoesNotContain(await project.With(options.ApplyTo).AnalyzeAsync(new PropagatorAnalyzer()), RuleAssert.IsFault);
    }

    private static async Task CompilesWithoutAWord(string example)
    {
        var generated = RuleAssert.Project(example).Generate();

        Assert.DoesNotContain(await generated.AnalyzeAsync(new PropagatorAnalyzer()), RuleAssert.IsFault);
        Assert.Empty(Errors(generated));
    }

    private static IEnumerable<string> Errors(GeneratedProject generated) =>
        generated.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id);

    private static string SeverityOf(DiagnosticDescriptor rule) => rule.DefaultSeverity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "info",
        _ => "hidden",
    };

    private static IEnumerable<string> Lines(params string[] path) => File.ReadLines(Path.Combine([RulePage.Root, .. path]));
}
