extern alias generators;

using Language = generators::Rllc.Spec.PropagatorSpec;
using Memory = generators::Rllc.LinearMemory;
using generators::Rllc.Generators;

namespace Rllc.Generators.Tests;

public sealed class KernelPlanTests
{
    [Theory]
    [InlineData("M(0.9)", "g + 0.9f·old0")]
    [InlineData("M(0)", "g")]
    [InlineData("M(1)", "g + old0")]
    [InlineData("M(-1)", "g - old0")]
    [InlineData("M2(.6)", "g + .6f·old0; old0 + .6f·old1")]
    [InlineData("M3(0)", "g; old0; old1")]
    [InlineData("CM(0.3+2e-1i)", "g + 0.3f·old0 + 2e-1f·old1; -2e-1f·old0 + 0.3f·old1")]
    [InlineData("CM(0.3-0.2i)", "g + 0.3f·old0 + -0.2f·old1; 0.2f·old0 + 0.3f·old1")]
    [InlineData("CM(i)", "g + old1; - old0")]
    [InlineData("CM2(-i)", "g - old1; old0; old0 - old3; old1 + old2")]
    [InlineData("CM2(0.5i)", "g + 0.5f·old1; -0.5f·old0; old0 + 0.5f·old3; old1 + -0.5f·old2")]
    [InlineData("M(0.9) ⊕ CM(9e-1i)", "g + 0.9f·old0; g + 0.9f·old2; -9e-1f·old1")]
    [InlineData("M(0.3) ⊕ M(−0.5)", "g + 0.3f·old0; g + -0.5f·old1")]
    public void Zeros_vanish_and_ones_are_added(string spec, string sums) => Assert.Equal(sums, Print(Plan(spec)));

    [Theory]
    [InlineData("M(0)", "")]
    [InlineData("M(0.9) ⊕ M(0)", "0")]
    [InlineData("M3(0)", "0 1")]
    [InlineData("CM(0.9i) ⊕ M(0) ⊕ M(0.5)", "0 1 3")]
    public void Only_old_values_that_are_used_are_read(string spec, string units) => Assert.Equal(units, string.Join(' ', Plan(spec).OldUnits));

    [Theory]
    [InlineData("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)", "b_0_9 b_neg_0_9")]
    [InlineData("M(1e-5) ⊕ M(-9.5e-1)", "b_1e_neg_5 b_neg_0_95")]
    public void Each_coefficient_is_named_once(string spec, string names) =>
        Assert.Equal(names, string.Join(' ', Plan(spec).Coefficients.Select(coefficient => coefficient.Name)));

    [Fact]
    public void A_number_too_small_for_float32_is_zero() => Assert.Equal("g", Print(Plan("M(1e-60)")));

    [Theory]
    [InlineData("M(0)")]
    [InlineData("M(0.9)")]
    [InlineData("M(-1)")]
    [InlineData("M3(0.6) ⊕ M2(0)")]
    [InlineData("CM(i)")]
    [InlineData("CM2(-i)")]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)")]
    [InlineData("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
    public void The_cost_table_counts_what_the_kernels_do(string spec)
    {
        var (plan, cost) = (Plan(spec), Memory.Parse(spec).Cost);
        var k = plan.Updates.Count;
        var propagation = plan.Updates.Sum(update => update.Terms.Count - (update.Terms[0].Operation == TermOperation.Add ? 1 : 0));

        Assert.Equal(sizeof(float) * (k + 1 + k + 2 + k + 1), cost.BytesMovedExact);
        Assert.Equal(sizeof(float) * (k + 2 + k + 1), cost.BytesMovedDelayed);
        Assert.Equal(k + 1 + 2 + propagation + k, cost.MultiplyAdds);
    }

    private static KernelPlan Plan(string spec) => KernelPlanner.Plan(Memory.Parse(spec), Language.Parse(spec));

    private static string Print(KernelPlan plan)
    {
        var literals = plan.Coefficients.ToDictionary(coefficient => coefficient.Name, coefficient => coefficient.Literal);
        return string.Join("; ", plan.Updates.Select(update => string.Concat(update.Terms.Select((term, index) =>
            (term.Operation, index) switch
            {
                (TermOperation.Subtract, 0) => "- ",
                (TermOperation.Subtract, _) => " - ",
                (_, 0) => "",
                _ => " + ",
            } + (term.Coefficient.Length == 0 ? "" : literals[term.Coefficient] + "·") + term.Source.Replace("gradient", "g")))));
    }
}
