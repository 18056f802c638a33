using FsCheck.Fluent;
using Rllc.Spec;

namespace Rllc.Generators.Tests.Harness;

/// <summary>Specs without an error: first those of special memories, then random ones without end.</summary>
internal static class RandomSpecs
{
    private const int BatchSize = 40;

    private static readonly string[] Special =
    [
        "M(0)", "M(1)", "M(-1)", "CM(i)", "CM2(i)", "M3(0)", "M(1e-30)", "M(0.9) ⊕ M(0)", "M2(-0.5) ⊕ M2(0)", "M16(0.1)",
        "M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)", "M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)", "CM(-9e-1i) ⊕ wave: CM3(-.3-.4i)", "M(0.5) ⊕ CM(0.5-0.5i)",
    ];

    public static IEnumerable<string> All => Special.Concat(Random());

    private static IEnumerable<string> Random()
    {
        var number = Gen.Choose(-95, 95).Select(percent => FormattableString.Invariant($"{percent / 100.0}"));
        var part = Gen.Choose(-60, 60).Select(percent => FormattableString.Invariant($"{percent / 100.0}"));
        var complex =
            from α in part
            from β in part
            select β.StartsWith('-') ? $"{α}{β}i" : $"{α}+{β}i";
        var real = from order in Gen.Elements("", "2", "₃") from value in number select $"M{order}({value})";
        var pair = from order in Gen.Elements("", "_2") from value in complex select $"CM{order}({value})";
        var spec =
            from count in Gen.Choose(1, 3)
            from blocks in Gen.OneOf(real, pair).ListOf(count)
            select string.Join(" ⊕ ", blocks);
        return Enumerable.Range(0, int.MaxValue)
            .SelectMany(_ => spec.Sample(BatchSize))
            .Where(text => PropagatorSpec.Analyze(text) is { Spec: not null });
    }
}
