using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>The diagnostic property that holds <see cref="Length"/>, for code fixes.</summary>
    public const string LengthProperty = "Length";

    /// <summary>C# text to put in place of the location, where one is likely meant.</summary>
    public string? Suggestion { get; init; }

    /// <summary>How many elements an array should have, where that is what is wrong.</summary>
    public int? Length { get; init; }

    /// <summary>The finding in the form the compiler reports it.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(RuleDescriptors.Of(Rule), Location, Properties(), Arguments);

    private ImmutableDictionary<string, string?> Properties()
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (Suggestion is not null)
            properties = properties.Add(SuggestionProperty, Suggestion);
        if (Length is { } length)
            properties = properties.Add(LengthProperty, length.ToString(CultureInfo.InvariantCulture));
        return properties;
    }
}
