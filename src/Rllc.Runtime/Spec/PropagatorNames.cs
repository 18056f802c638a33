namespace Rllc.Spec;

/// <summary>The names of propagators, and which of them a misspelt one is likely to be.</summary>
internal static class PropagatorNames
{
    public const string Real = "M";
    public const string Complex = "CM";

    public static bool IsKnown(string name) => name is Real or Complex;

    /// <summary>The name for an argument of this kind.</summary>
    public static string For(NumberSyntax number) => number.IsComplex ? Complex : Real;

    /// <summary>
    /// The name meant by an unknown one, or null: the same but for case, else the one with fewest edits, where a name that
    /// does not take the argument counts as one edit more. Beyond one edit a letter must be right.
    /// </summary>
    public static string? Suggest(string name, NumberSyntax? argument)
    {
        var upper = name.ToUpperInvariant();
        if (IsKnown(upper))
        {
            return upper;
        }

        var fitting = argument is null ? (upper[0] == 'C' ? Complex : Real) : For(argument);
        var other = fitting == Real ? Complex : Real;
        var (fittingEdits, otherEdits) = (Edits(upper, fitting), Edits(upper, other));
        var (best, edits) = fittingEdits <= otherEdits + 1 ? (fitting, fittingEdits) : (other, otherEdits);
        return edits <= 1 || (edits == 2 && upper.Any(letter => best.IndexOf(letter) >= 0)) ? best : null;
    }

    /// <summary>Levenshtein's distance: how many letters to insert, drop or replace.</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var letter in from)
        {
            var diagonal = row[0]++;
            for (var i = 1; i < row.Length; i++)
            {
                var replaced = diagonal + (letter == to[i - 1] ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(replaced, 1 + Math.Min(row[i], row[i - 1]));
            }
        }

        return row[to.Length];
    }
}
