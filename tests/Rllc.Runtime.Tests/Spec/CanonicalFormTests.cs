using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("M(0.9)", "M(0.9)")]
    [InlineData("M(0.9)⊕M(0)", "M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) + M(0)", "M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9)(+)M(0)", "M(0.9) ⊕ M(0)")]
    [InlineData("slow: M(0.99) ⊕ fast: M_2(0.6) ⊕ CM(0.3+0.2i)", "slow: M(0.99) ⊕ fast: M2(0.6) ⊕ CM(0.3+0.2i)")]
    [InlineData("M2(0.6)", "M2(0.6)")]
    [InlineData("M_2(0.6)", "M2(0.6)")]
    [InlineData("M₂(0.6)", "M2(0.6)")]
    [InlineData("M ₂ ( 0.6 )", "M2(0.6)")]
    [InlineData("M₁₂(0.6)", "M12(0.6)")]
    [InlineData("M_012(0.6)", "M12(0.6)")]
    [InlineData("M1(0.6)", "M(0.6)")]
    [InlineData("M(-.5)", "M(-0.5)")]
    [InlineData("M(− .5)", "M(-0.5)")]
    [InlineData("M(+.5)", "M(0.5)")]
    [InlineData("M(9e-1)", "M(0.9)")]
    [InlineData("M(9E−1)", "M(0.9)")]
    [InlineData("M(0.09e+1)", "M(0.9)")]
    [InlineData("M(0.00001)", "M(1e-5)")]
    [InlineData("M(-0)", "M(0)")]
    [InlineData("M(0.1234567890123456)", "M(0.1234567890123456)")]
    [InlineData("CM(0.9i)", "CM(0.9i)")]
    [InlineData("CM(-0.9i)", "CM(-0.9i)")]
    [InlineData("CM(i)", "CM(1i)")]
    [InlineData("CM(-i)", "CM(-1i)")]
    [InlineData("CM(0.3 − 0.2i)", "CM(0.3-0.2i)")]
    [InlineData("CM(0.3-.2 i)", "CM(0.3-0.2i)")]
    [InlineData("CM(0.2i + 0.3)", "CM(0.3+0.2i)")]
    [InlineData("CM(-0.2i-0.3)", "CM(-0.3-0.2i)")]
    [InlineData("CM(0+0.2i)", "CM(0.2i)")]
    [InlineData("CM_2(3e-1 + 2e-1i)", "CM2(0.3+0.2i)")]
    [InlineData("a:M_2( 9E−1 )+CM(.2i − .5)", "a: M2(0.9) ⊕ CM(-0.5+0.2i)")]
    [InlineData("\n  M(0.9)\n\t⊕ M(0.8)\u00a0", "M(0.9) ⊕ M(0.8)")]
    [InlineData("i: M(0.9)", "i: M(0.9)")]
    [InlineData("M2: M(0.9)", "M2: M(0.9)")]
    [InlineData("hidas_ääni: M(0.9)", "hidas_ääni: M(0.9)")]
    public void Every_spelling_has_one_canonical_form(string text, string canonical)
    {
        var spec = PropagatorSpec.Parse(text);

        Assert.Equal(canonical, spec.ToString());
        Assert.Equal(spec, PropagatorSpec.Parse(canonical));
    }

    [Fact]
    public void Texts_are_united_in_order()
    {
        Assert.Equal(PropagatorSpec.Parse("slow: M(0.9) ⊕ M(0) ⊕ M2(0.5)"), PropagatorSpec.Parse("slow: M(0.9)", "M(0) ⊕ M2(0.5)"));
    }

    [Theory]
    [InlineData("M(0.9)", "M(0.8)")]
    [InlineData("M(0.9)", "slow: M(0.9)")]
    [InlineData("M(0.9) ⊕ M(0)", "M(0) ⊕ M(0.9)")]
    [InlineData("CM(0.3+0.2i)", "CM(0.3-0.2i)")]
    public void Different_memories_have_different_specs(string first, string second)
    {
        Assert.NotEqual(PropagatorSpec.Parse(first), PropagatorSpec.Parse(second));
    }

    [Theory]
    [InlineData("M(-.50)", "-.50", "0")]
    [InlineData("M(+9E−1)", "9E-1", "0")]
    [InlineData("CM(3e-1 − 0.20i)", "3e-1", "-0.20")]
    [InlineData("CM(-i)", "0", "-1")]
    public void The_users_own_digits_are_kept_as_literals(string text, string real, string imaginary)
    {
        var propagator = Assert.Single(PropagatorSpec.Parse(text).Propagators);

        Assert.Equal((real, imaginary), (propagator.RealText, propagator.ImaginaryText));
    }

    [Theory]
    [InlineData("M(0.9)", "M_0_9")]
    [InlineData("M(-0.9)", "M_neg_0_9")]
    [InlineData("M(9e-1)", "M_0_9")]
    [InlineData("M(1e-5)", "M_1e_neg_5")]
    [InlineData("M(-1e-5)", "M_neg_1e_neg_5")]
    [InlineData("M2(0.6)", "M2_0_6_1, M2_0_6_2")]
    [InlineData("CM(0.3+0.2i)", "CM_0_3_plus_0_2i_Re, CM_0_3_plus_0_2i_Im")]
    [InlineData("CM(0.9i)", "CM_0_9i_Re, CM_0_9i_Im")]
    [InlineData("CM(-0.9i)", "CM_neg_0_9i_Re, CM_neg_0_9i_Im")]
    [InlineData("CM2(-0.9i)", "CM2_neg_0_9i_1_Re, CM2_neg_0_9i_1_Im, CM2_neg_0_9i_2_Re, CM2_neg_0_9i_2_Im")]
    [InlineData("CM2(0.3-0.2i)", "CM2_0_3_minus_0_2i_1_Re, CM2_0_3_minus_0_2i_1_Im, CM2_0_3_minus_0_2i_2_Re, CM2_0_3_minus_0_2i_2_Im")]
    [InlineData("CM(1e-5-1e-4i)", "CM_1e_neg_5_minus_0_0001i_Re, CM_1e_neg_5_minus_0_0001i_Im")]
    [InlineData("slow: M(0.99)", "slow")]
    [InlineData("slow: M2(0.6)", "slow_1, slow_2")]
    [InlineData("wave: CM(0.3+0.2i)", "wave_Re, wave_Im")]
    [InlineData("wave: CM2(0.3+0.2i)", "wave_1_Re, wave_1_Im, wave_2_Re, wave_2_Im")]
    public void Units_are_named_after_label_or_canonical_text(string text, string names)
    {
        var spec = PropagatorSpec.Parse(text);

        Assert.Equal(names.Split(", "), spec.UnitNames);
        Assert.Equal(spec.UnitNames.Length, spec.UnitCount);
    }
}
