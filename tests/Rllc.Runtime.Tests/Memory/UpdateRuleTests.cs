namespace Rllc.Tests;

public class UpdateRuleTests
{
    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void A_weight_is_what_a_gradient_of_one_leaves_of_itself_in_the_update(string spec)
    {
        var memory = LinearMemory.Parse(spec);
        var L = RandomData.Normal(memory.UnitCount, seed: 3);
        var rule = new UpdateRule(memory, L);
        var optimizer = new DynamicOptimizer<double>(memory, 1, new() { LearningRate = 1, LawLearningRate = 0, InitialLaw = L });
        for (var lag = 0; lag < 40; lag++)
        {
            double[] θ = [0];
            optimizer.Step(θ, [lag == 0 ? 1 : 0]);

            Assert.Equal(rule.Weight(lag), -θ[0], 1e-10);
        }
    }

    [Fact]
    public void As_many_terms_as_both_have_units_are_compared()
    {
        // Equal for as long as possible: the last of three unit delays is the first term that differs from one alone.
        var three = new UpdateRule(LinearMemory.Parse("M3(0)"), [1, 0, 1e-300]);
        var one = new UpdateRule(LinearMemory.Parse("M(0)"), [1]);

        Assert.Equal((2, 1e-300, 0.0), UpdateRule.FirstDifference(three, one));
        Assert.Equal((2, 0.0, 1e-300), UpdateRule.FirstDifference(one, three));
        Assert.Null(UpdateRule.FirstDifference(one, one));
    }

    [Fact]
    public void Rounding_is_measured_by_the_terms_and_not_by_what_is_left_of_them()
    {
        // 1/3 − 0.1/0.3 is 0 but for rounding.
        var rounded = new UpdateRule(LinearMemory.Parse("M(0.9) ⊕ M(0.8)"), [1.0 / 3 * 1e6, -0.1 / 0.3 * 1e6]);
        var exact = new UpdateRule(LinearMemory.Parse("M(0.8) ⊕ M(0.9)"), [-1e6 / 3, 1e6 / 3]);

        Assert.Null(UpdateRule.FirstDifference(rounded, exact));
    }
}
