using Rllc.Spec;

namespace Rllc.Runtime.Tests.Spec;

public sealed class ConditioningTests
{
    [Theory]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)", "1.3e4")]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)", "3.2e6")]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7) ⊕ M(0.6)", "2e4")]
    public void The_condition_number_is_reported(string text, string figure)
    {
        Assert.Contains($"cond(S) is {figure};", Assert.Single(PropagatorSpec.Analyze(text).Diagnostics).Message);
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0.899)", "'M(0.9)' and 'M(0.899)'", "M2(0.8995)")]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7) ⊕ slow: M(0.6)", "'M(0.7)' and 'M(0.6)'", "M2(0.65)")]
    [InlineData("M(0.7) ⊕ M(0.9) ⊕ M2(0.6)", "'M(0.7)' and 'M2(0.6)'", "M3(0.63)")]
    [InlineData("CM(0.3+0.2i) ⊕ CM(0.31-0.2i)", "'CM(0.3+0.2i)' and 'CM(0.31-0.2i)'", "CM2(0.305+0.2i)")]
    [InlineData("M(0) ⊕ CM(0.5+0.01i)", "'CM(0.5+0.01i)'", "M2(0.5)")]
    public void The_confluent_block_of_the_closest_eigenvalues_is_suggested(string text, string closest, string suggestion)
    {
        var fault = Assert.Single(PropagatorSpec.Analyze(text).Diagnostics);

        Assert.Same(SpecRules.IllConditioned, fault.Rule);
        Assert.Contains($"the closest are in {closest}, with one block '{suggestion}' instead", fault.Message);
    }

    [Theory]
    [InlineData("M8(0.6)")]
    [InlineData("CM8(0.6i)")]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)")]
    [InlineData("M(0.9) ⊕ M(0.85) ⊕ CM(0.86+0.01i)")]
    [InlineData("M(0.99999) ⊕ M(0.999991)")]
    public void No_block_is_suggested_that_would_not_help(string text)
    {
        var fault = Assert.Single(PropagatorSpec.Analyze(text).Diagnostics);

        Assert.DoesNotContain("instead", fault.Message);
    }

    [Theory]
    [InlineData("M(1) ⊕ M(0.9999)")]
    [InlineData("CM(0.6+0.8i) ⊕ M(0.9) ⊕ M(0.899)")]
    public void Conditioning_is_not_judged_on_the_unit_circle(string text)
    {
        Assert.Same(SpecRules.Marginal, Assert.Single(PropagatorSpec.Analyze(text).Diagnostics).Rule);
    }
}
