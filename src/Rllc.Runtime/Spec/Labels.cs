using System.Globalization;

namespace Rllc.Spec;

/// <summary>Which names a label may have: it becomes a property of the emitted law.</summary>
internal static class Labels
{
    private static readonly HashSet<string> Keywords =
    [
        .. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else " +
            "enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock " +
            "long namespace new null object operator out override params private protected public readonly ref return sbyte " +
            "sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe " +
            "ushort using virtual void volatile while").Split(' '),
    ];

    /// <summary>The law's own type and what every type inherits.</summary>
    private static readonly HashSet<string> Reserved =
        ["LearningLaw", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    /// <summary>Whether a C# identifier can start with this character.</summary>
    public static bool IsIdentifierStart(char c) => c == '_' || char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    /// <summary>Whether a C# identifier can go on with this character (format characters, which C# ignores in names, are refused).</summary>
    public static bool IsIdentifierPart(char c) => IsIdentifierStart(c) || char.GetUnicodeCategory(c) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Why an identifier cannot be a label, or null where it can.</summary>
    public static string? WhyRefused(string identifier) =>
        Keywords.Contains(identifier) ? "it is a C# keyword"
        : Reserved.Contains(identifier) ? "the law has a member of that name"
        : null;

    /// <summary>A label in place of a refused one: C# keywords are in lower case, and no member of the law starts so.</summary>
    public static string Alternative(string refused) =>
        char.IsLower(refused[0]) ? char.ToUpperInvariant(refused[0]) + refused.Substring(1) : "My" + refused;

    /// <summary>An identifier like the text, with an underscore in place of every character that cannot be in one.</summary>
    public static string Identifier(string text)
    {
        var name = string.Concat(text.Select(c => IsIdentifierPart(c) ? c : '_'));
        return IsIdentifierStart(name[0]) ? name : "_" + name;
    }
}
