namespace Rllc.Tests;

public class NonFiniteGradientTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_gradient_that_is_not_finite_leaves_everything_as_it_was(float bad)
    {
        // Also in the step that would refresh G.
        foreach (var steps in (int[])[0, 3, 256])
        {
            var (optimizer, theta) = After(steps);
            var (law, gram, unit, before) = (optimizer.LawCoefficients.ToArray(), optimizer.Gram.ToRowMajor(), optimizer.Unit(0).ToArray(), theta.ToArray());

            var report = optimizer.Step(theta, [1, bad, 1]);

            Assert.False(report.Applied);
            Assert.False(double.IsFinite(report.GradientNorm));
            Assert.Equal(law, report.Law.ToArray());
            Assert.Equal(gram, optimizer.Gram.ToRowMajor());
            Assert.Equal(unit, optimizer.Unit(0).ToArray());
            Assert.Equal(before, theta);
            Assert.Equal(steps, optimizer.StepCount);
        }
    }

    [Fact]
    public void After_a_skipped_step_the_run_goes_on_as_if_it_had_not_been()
    {
        var (skipping, theta) = After(5);
        var (plain, expected) = After(5);
        skipping.Step(theta, [float.NaN, 0, 0]);
        foreach (var optimizer in (DynamicOptimizer<float>[])[skipping, plain])
            optimizer.Step(optimizer == plain ? expected : theta, [1, 2, 3]);
        Assert.Equal(expected, theta);
        Assert.Equal(plain.LawCoefficients.ToArray(), skipping.LawCoefficients.ToArray());
    }

    [Fact]
    public void A_memory_product_that_overflows_is_skipped_too()
    {
        var optimizer = new DynamicOptimizer<double>(LinearMemory.Parse("M(0.9)"), 1, new() { LawLearningRate = 0 });
        var theta = new double[1];
        Assert.True(optimizer.Step(theta, [1e145]).Applied);
        Assert.False(optimizer.Step(theta, [1e200]).Applied);
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Whoever_does_not_want_skipping_gets_what_arithmetic_gives()
    {
        var optimizer = new DynamicOptimizer<float>(LinearMemory.Parse("M(0.9)"), 1, new() { SkipNonFinite = false });
        var theta = new float[1];
        Assert.True(optimizer.Step(theta, [float.NaN]).Applied);
        Assert.Equal(float.NaN, theta[0]);
    }

    [Fact]
    public void Clipping_reports_its_factor_and_the_norm_before_it()
    {
        var optimizer = new DynamicOptimizer<double>(LinearMemory.Parse("M(0)"), 2, new() { MaxGradientNorm = 1, LossScale = 4, LearningRate = 1 });
        var theta = new double[2];
        var report = optimizer.Step(theta, [12, 16]);
        Assert.Equal(5, report.GradientNorm);
        Assert.Equal(1 / (5 + 1e-6), report.ClipFactor, 1e-15);
        Assert.Equal(-0.6, theta[0], 1e-6);
        Assert.Equal(-0.8, theta[1], 1e-6);
        Assert.Equal(1, optimizer.Step(theta, [1, 1]).ClipFactor);
    }

    private static (DynamicOptimizer<float> Optimizer, float[] Theta) After(int steps)
    {
        var optimizer = new DynamicOptimizer<float>(LinearMemory.Parse("M(0.9) ⊕ M(0)"), 3);
        float[] theta = [1, 2, 3];
        for (var step = 0; step < steps; step++)
            optimizer.Step(theta, Array.ConvertAll(RandomData.Normal(3, seed: step), value => (float)value));
        return (optimizer, theta);
    }
}
