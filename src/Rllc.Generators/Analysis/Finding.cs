using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Rllc.Spec;

namespace Rllc.Generators.Analysis;

/// <summary>One broken rule and the source characters that break it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Location">The characters at fault.</param>
/// <param name="Arguments">What the rule's message format is filled with.</param>
internal sealed record Finding(Rule Rule, Location Location, params string[] Arguments)
{
    /// <summary>The diagnostic property that holds <see cref="Suggestion"/>, for code fixes.</summary>
    public const string SuggestionProperty = "Suggestion";

    /// <summary>C# text to put in place of the location, where one is likely meant.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The finding in the form the compiler reports it.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        RuleDescriptors.Of(Rule),
        Location,
        Suggestion is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(SuggestionProperty, Suggestion),
        Arguments);
}
