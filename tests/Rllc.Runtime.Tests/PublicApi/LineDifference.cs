namespace Rllc.Runtime.Tests.PublicApi;

/// <summary>What two texts do not have in common, line by line.</summary>
internal static class LineDifference
{
    /// <summary>
    /// The lines outside a longest common subsequence, in order: "12: - line" is missing from <paramref name="after"/>, "12: + line" is
    /// new there and stands before line 12 of <paramref name="before"/>.
    /// </summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var old = before.Split('\n');
        var @new = after.Split('\n');
        // common[i, j]: how many lines old[i..] and new[j..] have in common.
        var common = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var differences = new List<string>();
        for (int i = 0, j = 0; i < old.Length || j < @new.Length;)
        {
            if (i < old.Length && j < @new.Length && old[i] == @new[j])
                (i, j) = (i + 1, j + 1);
            else if (j == @new.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
                differences.Add(FormattableString.Invariant($"{i + 1}: - {old[i++].Trim()}"));
            else
                differences.Add(FormattableString.Invariant($"{i + 1}: + {@new[j++].Trim()}"));
        }
        return differences;
    }
}
