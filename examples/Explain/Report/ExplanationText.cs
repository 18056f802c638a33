using Explain.Memory;
using static System.FormattableString;

namespace Explain.Report;

/// <summary>An explanation as plain text.</summary>
internal static class ExplanationText
{
    /// <summary>The whole of it.</summary>
    public static string Of(Explanation explanation) => string.Join("\n\n", Parts(explanation)) + "\n";

    private static IEnumerable<string> Parts(Explanation explanation)
    {
        foreach (var warning in explanation.Warnings)
            yield return warning;
        yield return explanation.Memory.ToString();
        yield return Curves(Invariant($"Weight of the gradient of t steps ago, t = 0 to {Explanation.Steps - 1}"), explanation.Names, explanation.Impulses, value => Invariant($"{value:G3}"));
        yield return Curves("Amplitude by frequency, from a gradient that stays to one that turns in every step", explanation.Names, explanation.Decibels, value => Invariant($"{value:0.0} dB"));
        if (explanation.KnownLaws.Count > 0)
            yield return "Textbook optimizers with this memory:\n" + string.Join('\n', explanation.KnownLaws.Select(law => $"  [FixedLaw({Numbers(law)})]  {law.Optimizer}"));
        yield return explanation.Code.TrimEnd();
    }

    /// <summary>A law's coefficients as a declaration has them.</summary>
    public static string Numbers(KnownLaw law) => string.Join(", ", law.Law.Select(coefficient => Invariant($"{coefficient:G12}")));

    // Every unit on a scale of its own, with zero on it.
    private static string Curves(string title, IReadOnlyList<string> names, IReadOnlyList<double[]> curves, Func<double, string> format)
    {
        var width = names.Max(name => name.Length);
        return title + ":\n" + string.Join('\n', names.Zip(curves, (name, curve) =>
        {
            var finite = curve.Where(double.IsFinite).Append(0).ToList();
            return $"  {name.PadRight(width)}  {SparkLine.Of(curve, finite.Min(), finite.Max())}  {format(finite.Min())} to {format(finite.Max())}";
        }));
    }
}
