using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Safety;

/// <summary>Gradients that are finite, and steps that are not.</summary>
public class OverflowTests
{
    private const int Length = 100;

    [Fact]
    public void A_step_whose_memory_would_overflow_is_skipped_and_changes_nothing()
    {
        // Each gradient is far within float32, what the loss scale makes of it is not.
        using var run = Run.Of(Length, new() { LearningRate = 0 }).Steps(0, 3);
        run.Optimizer.LossScale = 1e-30;
        AssertSkips(run, Constant(1e10f));
    }

    [Fact]
    public void A_step_that_would_overflow_parameters_is_skipped_and_changes_nothing()
    {
        using var run = Run.Of(Length).Steps(0, 3);
        run.Optimizer.LearningRate = 1e30;
        AssertSkips(run, Constant(1e10f));
        run.Optimizer.LearningRate = 1e300;
        AssertSkips(run, Constant(1));
    }

    [Fact]
    public void A_step_whose_law_would_overflow_is_skipped_and_changes_nothing()
    {
        using var run = Run.Of(Length).Steps(0, 3);
        run.Optimizer.LawLearningRate = 1e308;
        AssertSkips(run, Constant(1e3f));
    }

    [Fact]
    public void Also_a_step_that_would_have_refreshed_the_Gram_matrix_changes_nothing()
    {
        using var run = Run.Of(Length).Steps(0, 256);
        run.Optimizer.LearningRate = 1e300;
        AssertSkips(run, Constant(1));
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.999)")]
    [InlineData("M3(0.9) ⊕ CM2(0.3+0.2i)")]
    public void After_the_largest_gradients_there_are_training_goes_on(string spec)
    {
        using var run = new Run(new AnyMemoryByHand(LinearMemory.Parse(spec), Length));
        for (var step = 0; step < 600; step++)
            Assert.Equal(step % 3 != 1, run.Optimizer.Step(run.Parameters, Constant((step % 3) switch { 0 => 9e13f, 1 => 1.1e14f, _ => 1 })).Applied);
        Assert.All(run.Optimizer.Gram.ToRowMajor(), entry => Assert.True(double.IsFinite(entry)));
        Assert.All(run.Parameters, parameter => Assert.True(float.IsFinite(parameter)));
    }

    [Fact]
    public void The_oracle_skips_the_same_steps()
    {
        var random = new Random(Effort.Seed);
        using var run = new Run(new AnyMemoryByHand(LinearMemory.Parse("M(0.9) ⊕ M(0)"), Length));
        var oracle = new DynamicOptimizer<float>(run.Optimizer.LinearMemory, Length);
        var parameters = run.Parameters.ToArray();
        var applied = 0;
        for (var step = 0; step < 400; step++)
        {
            var gradient = Constant((float)Math.Pow(10, random.NextDouble() * 30 - 15));
            (run.Optimizer.LearningRate, oracle.LearningRate) = step % 5 == 0 ? (1e25, 1e25) : (1e-20, 1e-20);
            var report = run.Optimizer.Step(run.Parameters, gradient);
            Assert.Equal(oracle.Step(parameters, gradient).Applied, report.Applied);
            applied += report.Applied ? 1 : 0;
        }
        Assert.InRange(applied, 200, 390);
    }

    private static void AssertSkips(Run run, float[] gradient)
    {
        var before = run.State();
        Assert.False(run.Optimizer.Step(run.Parameters, gradient).Applied);
        Assert.Equal(before, run.State());
    }

    private static float[] Constant(float value) => [.. Enumerable.Repeat(value, Length)];
}
