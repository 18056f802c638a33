using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

/// <summary>One fault gives one diagnostic, on the characters between [| and |].</summary>
public sealed class FaultTests
{
    [Theory]
    // Unexpected characters: between terms, before one, behind one, between name and argument.
    [InlineData("M(0.9) [|;|] M(0.8)", 1, "⊕")]
    [InlineData("M(0.9)[|,|] M(0.8)", 1, "⊕")]
    [InlineData("M(0.9) [|-|] M(0.8)", 1, "⊕")]
    [InlineData("M(0.9) [|oplus|] M(0.8)", 1, "⊕")]
    [InlineData("M(0.9) [|😀|] M(0.8)", 1, "⊕")]
    [InlineData("M(0.9)[|)|] ⊕ M(0.8)", 1, null)]
    [InlineData("M(0.9)[|(0.8)|]", 1, null)]
    [InlineData("M(0.9)[|.|]", 1, null)]
    [InlineData("[|§|]M(0.9)", 1, null)]
    [InlineData("[|;|]", 1, null)]
    [InlineData("M(0.9) ⊕ [|;|]", 1, null)]
    [InlineData("[|:|] M(0.9)", 1, null)]
    [InlineData("M[|^2|](0.9)", 1, null)]
    [InlineData("M2[|₃|](0.9)", 1, null)]
    [InlineData("[|2|] M(0.9)", 1, null)]
    [InlineData("[|(|]M(0.9) ⊕ M(0.8))", 1, null)]
    [InlineData("[|\u200b|]M(0.9)", 1, null)]
    // Unknown propagators.
    [InlineData("[|m|](0.9)", 2, "M")]
    [InlineData("[|m|]2(0.9)", 2, "M")]
    [InlineData("[|MM|](0.9)", 2, "M")]
    [InlineData("[|MM|]_2(0.9)", 2, "M")]
    [InlineData("[|N|](0.9)", 2, "M")]
    [InlineData("[|М|](0.9)", 2, "M")]
    [InlineData("[|cm|](0.3+0.2i)", 2, "CM")]
    [InlineData("[|Cm|](0.3+0.2i)", 2, "CM")]
    [InlineData("[|C|](0.3+0.2i)", 2, "CM")]
    [InlineData("[|C|](0.9)", 2, "M")]
    [InlineData("[|CN|](0.3+0.2i)", 2, "CM")]
    [InlineData("[|MC|](0.3+0.2i)", 2, "CM")]
    [InlineData("[|CMM|]2(0.3+0.2i)", 2, "CM")]
    [InlineData("[|M_|](0.9)", 2, "M")]
    [InlineData("[|Momentum|](0.9)", 2, null)]
    [InlineData("[|Momentum|]", 2, null)]
    [InlineData("slow: [|N|](0.9) ⊕ M(0.8)", 2, "M")]
    [InlineData("[|slow|] M(0.9)", 2, "slow:")]
    [InlineData("[|0.9|]", 2, "M(0.9)")]
    [InlineData("[|-0.9|] ⊕ M(0.8)", 2, "M(-0.9)")]
    [InlineData("[|(0.9)|]", 2, "M(0.9)")]
    [InlineData("[|0.3+0.2i|]", 2, "CM(0.3+0.2i)")]
    [InlineData("[|(0.3+0.2i)|] + M(0.9)", 2, "CM(0.3+0.2i)")]
    // Malformed numbers.
    [InlineData("M[|()|]", 3, null)]
    [InlineData("M[|(+)|]", 3, null)]
    [InlineData("M[|(+)|] ⊕ M(0.8)", 3, null)]
    [InlineData("M([|+|] )", 3, null)]
    [InlineData("M([|0,9|])", 3, "0.9")]
    [InlineData("M( [|0,9|] ) ⊕ M(0.8)", 3, "0.9")]
    [InlineData("M([|0.9f|])", 3, null)]
    [InlineData("M([|0.9 0.8|])", 3, null)]
    [InlineData("M([|1.2.3|])", 3, null)]
    [InlineData("M([|1.|])", 3, null)]
    [InlineData("M([|2e|])", 3, null)]
    [InlineData("M([|--0.5|])", 3, null)]
    [InlineData("M([|0.5+|])", 3, null)]
    [InlineData("M([|0.5 § 2|])", 3, null)]
    [InlineData("M([|(0.9)|])", 3, "0.9")]
    [InlineData("M([|β|])", 3, null)]
    [InlineData("M([|1e999|])", 3, null)]
    [InlineData("M([|٠.٩|])", 3, null)]
    [InlineData("CM([|0.3+0.2j|])", 3, "0.3+0.2i")]
    [InlineData("CM([|0.3+0.2*I|])", 3, "0.3+0.2i")]
    [InlineData("CM([|0.3–0.2i|])", 3, "0.3-0.2i")]
    [InlineData("CM([|0.3+0.2|])", 3, null)]
    [InlineData("CM([|0.3i+0.2i|])", 3, null)]
    [InlineData("CM([|0.3, 0.2|])", 3, null)]
    [InlineData("CM([|0.3+0.2i+0.1|])", 3, null)]
    // Missing parentheses.
    [InlineData("[|M|]", 4, null)]
    [InlineData("[|M2|] ⊕ M(0.9)", 4, null)]
    [InlineData("[|M|] (+) M(0.9)", 4, null)]
    [InlineData("M[|(|]", 4, null)]
    [InlineData("M[|(0.9|]", 4, "(0.9)")]
    [InlineData("M[|(0.9|] ⊕ M(0.8)", 4, "(0.9)")]
    [InlineData("M[|(0.9|] + M(0.8)", 4, "(0.9)")]
    [InlineData("CM[|(0.3 + 0.2i|] + M(0.8)", 4, "(0.3 + 0.2i)")]
    [InlineData("M[|(0.9 M(0.8)|]", 4, null)]
    [InlineData("[|M 0.9|]", 4, "M(0.9)")]
    [InlineData("[|M 0.9)|] ⊕ M(0.8)", 4, "M(0.9)")]
    [InlineData("[|M0.9)|]", 4, "M(0.9)")]
    [InlineData("[|M0.9|] + M(0.8)", 4, "M(0.9)")]
    [InlineData("[|M2 0.6|]", 4, "M2(0.6)")]
    [InlineData("[|M₂0.6|]", 4, "M₂(0.6)")]
    [InlineData("[|CM 0.3+0.2i)|]", 4, "CM(0.3+0.2i)")]
    // Orders.
    [InlineData("M[|0|](0.9)", 5, null)]
    [InlineData("M[|_0|](0.9)", 5, null)]
    [InlineData("M[|₀|](0.9)", 5, null)]
    [InlineData("M[|17|](0.9)", 5, null)]
    [InlineData("CM[|_99999999999|](0.9i)", 5, null)]
    // Missing terms.
    [InlineData("", 6, null)]
    [InlineData("[| \n |]", 6, null)]
    [InlineData("[|⊕|]", 6, null)]
    [InlineData("M(0.9) [|⊕|]", 6, null)]
    [InlineData("M(0.9) [|+|] ", 6, null)]
    [InlineData("[|⊕|] M(0.9)", 6, null)]
    [InlineData("M(0.9) ⊕ [|⊕|] M(0.8)", 6, null)]
    [InlineData("M(0.9) +[|(+)|] M(0.8)", 6, null)]
    [InlineData("M(0.9) [|M|](0.8)", 6, "⊕ M")]
    [InlineData("M(0.9)[|fast|]: M(0.8)", 6, "⊕ fast")]
    [InlineData("slow[|:|]", 6, null)]
    [InlineData("slow[|:|] ⊕ M(0.9)", 6, null)]
    // Labels that are no names.
    [InlineData("[|my label|]: M(0.9)", 8, "my_label")]
    [InlineData("[|1st|]: M(0.9)", 8, "_1st")]
    [InlineData("[|slow-ish|]: M(0.9)", 8, "slow_ish")]
    [InlineData("[|@slow|]: M(0.9)", 8, "_slow")]
    [InlineData("[|a: b|]: M(0.9)", 8, "a__b")]
    public void One_syntax_fault_gives_one_diagnostic(string marked, int rule, string? suggestion)
    {
        AssertOnlyFault(marked, rule, suggestion);
    }

    [Theory]
    [InlineData("slow: M(0.9) ⊕ [|slow|]: M(0.8)", 7, "slow2")]
    [InlineData("slow: M(0.9) ⊕ slow2: M(0.5) ⊕ [|slow|]: M(0)", 7, "slow3")]
    [InlineData("slow: M2(0.5) ⊕ [|slow_2|]: M(0.8)", 7, "slow_22")]
    [InlineData("wave: CM(0.5i) ⊕ [|wave_Re|]: M(0.8)", 7, "wave_Re2")]
    [InlineData("[|M_0_9|]: M(0.5) ⊕ M(0.9)", 7, "M_0_92")]
    [InlineData("M(0.9) ⊕ [|M_0_9|]: M(0.5)", 7, "M_0_92")]
    [InlineData("[|class|]: M(0.9)", 8, "Class")]
    [InlineData("M(0.5) ⊕ [|LearningLaw|]: M(0.9)", 8, "MyLearningLaw")]
    [InlineData("[|ToString|]: M(0.9)", 8, "MyToString")]
    [InlineData("slow: M(0.9) ⊕ [|get_slow|]: M(0)", 8, "Get_slow")]
    [InlineData("[|M(0.3+0.2i)|]", 10, "CM(0.3+0.2i)")]
    [InlineData("slow: [|M_2(-0.2i)|] ⊕ M(0)", 10, "CM_2(-0.2i)")]
    [InlineData("[|M(0.5+0i)|]", 10, "M(0.5)")]
    [InlineData("[|M(2i)|]", 10, "CM(2i)")]
    [InlineData("[|CM(0.5)|]", 11, "M(0.5)")]
    [InlineData("wave: [|CM₂(5e-1 − 0i)|]", 11, "M₂(5e-1)")]
    [InlineData("[|CM(0.5 + 1e-60i)|]", 11, "M(0.5)")]
    [InlineData("M([|1.5|])", 12, null)]
    [InlineData("M(0.9) ⊕ CM( [|0.9 + 0.9i|] )", 12, null)]
    [InlineData("M([|1e200|])", 12, null)]
    [InlineData("M([|1|])", 13, null)]
    [InlineData("M([|-1|]) ⊕ M(0)", 13, null)]
    [InlineData("CM([|0.6+0.8i|])", 13, null)]
    [InlineData("CM([|i|])", 13, null)]
    [InlineData("M([|1.00000001|])", 13, null)]
    [InlineData("M([|0.99999999|])", 13, null)]
    [InlineData("M(0.9) ⊕ [|M(0.9)|]", 14, null)]
    [InlineData("M(0.9) ⊕ [|M(9e-1)|] ⊕ M(0)", 14, null)]
    [InlineData("M(0.9) ⊕ slow: [|M2(0.9)|]", 14, null)]
    [InlineData("M(0.9) ⊕ [|M(0.90000000001)|]", 14, null)]
    [InlineData("CM(0.3+0.2i) ⊕ [|CM(0.3-0.2i)|]", 14, null)]
    [InlineData("M(0.9) ⊕ M(0) ⊕ M2(-0.2) ⊕ M(0.5) ⊕ [|CM8(0.1i)|]", 16, null)]
    [InlineData("M(0.9) ⊕ [|CM15(0.1i)|] ⊕ M(0)", 16, null)]
    [InlineData("[|CM16(0.1i)|]", 16, null)]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7) ⊕ [|M(0.6)|]", 15, null)]
    [InlineData("[|M8(0.6)|]", 15, null)]
    public void One_fault_of_meaning_gives_one_diagnostic(string marked, int rule, string? suggestion)
    {
        AssertOnlyFault(marked, rule, suggestion);
    }

    [Theory]
    [InlineData("M(0,9) ⊕ N(0.8) ⊕ M(0)", "RLLC003, RLLC002")]
    [InlineData("M(1.5) ⊕ M(1.5)", "RLLC012, RLLC012")]
    [InlineData("M(0.9) ⊕ M(0.9) ⊕ M(0.9)", "RLLC014, RLLC014")]
    [InlineData("⊕ M(0.9) ⊕", "RLLC006, RLLC006")]
    [InlineData("1st: N(0,9)", "RLLC008, RLLC002, RLLC003")]
    [InlineData("M(1) ⊕ M(-1)", "RLLC013, RLLC013")]
    public void Every_fault_is_reported_in_order_of_position(string text, string rules)
    {
        Assert.Equal(rules, string.Join(", ", PropagatorSpec.Analyze(text).Diagnostics.Select(fault => fault.Rule.Id)));
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    [InlineData("M3(0.6)")]
    [InlineData("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
    [InlineData("M(0.9) ⊕ M2(0.6)")]
    [InlineData("slow: M(0.9) ⊕ Slow: M(0)")]
    [InlineData("var: M(0.9) ⊕ record: M(0) ⊕ i: M(-0.9) ⊕ CM: CM(0.5i)")]
    public void A_sound_memory_has_no_fault(string text)
    {
        Assert.Empty(PropagatorSpec.Analyze(text).Diagnostics);
    }

    private static void AssertOnlyFault(string marked, int rule, string? suggestion)
    {
        var start = Math.Max(0, marked.IndexOf("[|", StringComparison.Ordinal));
        var end = Math.Max(0, marked.IndexOf("|]", StringComparison.Ordinal) - 2);
        var text = marked.Replace("[|", "").Replace("|]", "");

        var analysis = PropagatorSpec.Analyze(text);

        var fault = Assert.Single(analysis.Diagnostics);
        Assert.Equal(
            ($"RLLC{rule:000}", text[start..end], new SpecSpan(start, end - start), suggestion),
            (fault.Rule.Id, text.Substring(fault.Span.Start, fault.Span.Length), fault.Span, fault.Suggestion));
        Assert.Equal(fault.Rule.Severity == RuleSeverity.Error, analysis.Spec is null);
        if (suggestion is not null)
        {
            Assert.Contains($"'{suggestion}'?", fault.Message);
        }
    }
}
