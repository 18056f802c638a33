using System.Globalization;
using System.Text.RegularExpressions;

namespace Rllc.Kernels;

/// <summary>The names that ILGPU gives labels, parameters and functions in PTX.</summary>
internal static partial class PtxNames
{
    /// <summary>
    /// Numbers the names in order of appearance. ILGPU numbers them in the order in which the process has ever created them, so
    /// that no two compilations would give the same text.
    /// </summary>
    /// <param name="text">PTX of any number of kernels.</param>
    public static string Renumber(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return NumberedName().Replace(text, match =>
        {
            if (!names.TryGetValue(match.Value, out var name))
                names.Add(match.Value, name = string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{names.Count}"));
            return name;
        });
    }

    // _step_4711, L_47110: neither registers (%rd1) nor parts of instructions (.sm_80) nor numbers (0d3FF0).
    [GeneratedRegex(@"(?<![%.\w])([A-Za-z_]\w*_|L_)\d+\b", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedName();
}
