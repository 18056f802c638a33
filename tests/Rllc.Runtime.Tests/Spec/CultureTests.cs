using System.Globalization;
using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

public sealed class CultureTests
{
    [Fact]
    public void A_decimal_comma_and_another_minus_change_nothing()
    {
        var expected = Describe();

        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.PositiveSign = "plus";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal("−0,5", $"{-0.5}");

            Assert.Equal(expected, Describe());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Everything that is said of the samples: trees, canonical texts, names, faults.</summary>
    private static string Describe() => string.Join("\n", Samples.All.Append("M(-0.5) ⊕ M(1e-5) ⊕ CM(-1e-5-0.2i)").Select(text =>
    {
        var analysis = PropagatorSpec.Analyze(text);
        var literals = analysis.Trees[0].Terms.Select(term => term.Number).Select(number =>
            number is null ? "?" : FormattableString.Invariant($"{number.Real} {number.RealText} {number.Imaginary} {number.ImaginaryText}"));
        string[] names = analysis.Spec is { } spec ? [spec.ToString(), .. spec.UnitNames] : [];
        return string.Join("; ", [.. literals, .. names, .. analysis.Diagnostics.Select(fault => fault.Message)]);
    }));
}
