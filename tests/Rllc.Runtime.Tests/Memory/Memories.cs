using System.Globalization;
using System.Text.RegularExpressions;
using Rllc.Spec;

namespace Rllc.Tests;

/// <summary>Memories that many tests share, each named by its spec.</summary>
public static class Memories
{
    private static readonly string[] Specs =
    [
        "M(0)", "M(0.9)", "M(-0.9)", "M2(0)", "M(0.9) ⊕ M(0)", "M(0.9) ⊕ M(0.8) ⊕ M(0.7)", "M2(0.6)", "M3(0.6)", "M(0.9) ⊕ M2(0.6)",
        "M(0.9) ⊕ M(0) ⊕ M2(0.6)", "CM(0.9i)", "CM2(0.3+0.2i)", "M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)",
        "M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)", "M(0.99) ⊕ CM3(-0.5-0.4i)",
    ];

    public static TheoryData<string> All => [.. Specs];

    public static LinearMemory Parse(string s) => LinearMemory.FromPropagators([.. s.Split('⊕').Select(t =>
    {
        var m = Regex.Match(t.Trim(), @"^(C?)M(\d*)\(([-+]?[\d.]*(?=[-+)]))?(?:([-+]?[\d.]+)i)?\)$");
        double D(string x) => x == "" ? 0 : double.Parse(x, CultureInfo.InvariantCulture);
        return new Propagator(m.Groups[1].Value != "", m.Groups[2].Value == "" ? 1 : int.Parse(m.Groups[2].Value), D(m.Groups[3].Value), D(m.Groups[4].Value), null, "", "");
    })]);
}
