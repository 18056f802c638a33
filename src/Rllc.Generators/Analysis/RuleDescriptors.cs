using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>Every rule in the form the compiler reports it.</summary>
internal static class RuleDescriptors
{
    // What the build was told by -p:RepositoryUrl=…: packages that are not made to be published have no address to lead to.
    private static readonly string? Repository = typeof(RuleDescriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(data => data.Key == "RepositoryUrl")?.Value;

    private static readonly ImmutableDictionary<Rule, DiagnosticDescriptor> ByRule =
        SpecRules.All.Concat(DeclarationRules.All).Concat(GivenMemoryRules.All).Concat(RuleMethodRules.All).ToImmutableDictionary(rule => rule, Create);

    /// <summary>All descriptors, in order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        ByRule.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>The descriptor of a rule.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => ByRule[rule];

    /// <summary>Where a rule's page is.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="repository">The address of the repository.</param>
    public static string PageOf(string id, string repository) => $"{repository}/blob/main/docs/rules/{id}.md";

    private static DiagnosticDescriptor Create(Rule rule) => new(
        rule.Id,
        rule.Title,
        rule.MessageFormat,
        category: "Rllc",
        SeverityOf(rule),
        isEnabledByDefault: true,
        helpLinkUri: Repository is null ? null : PageOf(rule.Id, Repository));

    private static DiagnosticSeverity SeverityOf(Rule rule) => rule.Severity switch
    {
        RuleSeverity.Hidden => DiagnosticSeverity.Hidden,
        RuleSeverity.Info => DiagnosticSeverity.Info,
        RuleSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };
}
