using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>Every rule in the form the compiler reports it.</summary>
internal static class RuleDescriptors
{
    /// <summary>Where the rules' pages are.</summary>
    public const string HelpBase = "https://github.com/rllc/rllc/blob/main/docs/rules/";

    private static readonly ImmutableDictionary<Rule, DiagnosticDescriptor> ByRule =
        SpecRules.All.Concat(DeclarationRules.All).Concat(GivenMemoryRules.All).Concat(RuleMethodRules.All).ToImmutableDictionary(rule => rule, Create);

    /// <summary>All descriptors, in order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        ByRule.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>The descriptor of a rule.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => ByRule[rule];

    private static DiagnosticDescriptor Create(Rule rule) => new(
        rule.Id,
        rule.Title,
        rule.MessageFormat,
        category: "Rllc",
        SeverityOf(rule),
        isEnabledByDefault: true,
        helpLinkUri: $"{HelpBase}{rule.Id}.md");

    private static DiagnosticSeverity SeverityOf(Rule rule) => rule.Severity switch
    {
        RuleSeverity.Hidden => DiagnosticSeverity.Hidden,
        RuleSeverity.Info => DiagnosticSeverity.Info,
        RuleSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };
}
