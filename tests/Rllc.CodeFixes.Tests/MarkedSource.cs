using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Rllc.CodeFixes.Tests;

/// <summary>A source with <c>{|RLLCnnn:…|}</c> around characters that are reported.</summary>
internal static partial class MarkedSource
{
    /// <summary>The source without its marks, and each of them as <see cref="Mark"/> writes it, by position and rule.</summary>
    public static (string Code, IReadOnlyList<string> Marks) Read(string source)
    {
        var marks = new List<(int Start, string Rule, string Text)>();
        // The innermost first: several rules may report the same characters.
        for (var match = Innermost().Match(source); match.Success; match = Innermost().Match(source))
        {
            source = source[..match.Index] + match.Groups["text"].Value + source[(match.Index + match.Length)..];
            marks = [.. marks.Select(mark => mark with { Start = mark.Start - Removed(mark.Start, match) }), (match.Index, match.Groups["rule"].Value, match.Groups["text"].Value)];
        }
        return (source, [.. marks.OrderBy(mark => mark.Start).ThenBy(mark => mark.Rule, StringComparer.Ordinal).Select(mark => $"{mark.Rule} at {mark.Start}: {mark.Text}")]);
    }

    /// <summary>A diagnostic in words.</summary>
    public static string Mark(string code, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.SourceSpan;
        return $"{diagnostic.Id} at {span.Start}: {code.Substring(span.Start, span.Length)}";
    }

    // How many characters of a mark have stood before a position that was in or after it.
    private static int Removed(int position, Match match) =>
        position >= match.Index + match.Length ? match.Length - match.Groups["text"].Length
        : position >= match.Groups["text"].Index ? match.Groups["text"].Index - match.Index
        : 0;

    [GeneratedRegex(@"\{\|(?<rule>RLLC\d+):(?<text>(?:(?!\{\||\|\}).)*)\|\}", RegexOptions.Singleline)]
    private static partial Regex Innermost();
}
