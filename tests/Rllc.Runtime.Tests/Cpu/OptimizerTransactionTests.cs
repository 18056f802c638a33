namespace Rllc.Runtime.Tests.Cpu;

public class OptimizerTransactionTests
{
    private const int Length = 9001;

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, Partition.ChunkLength - 1)]
    [InlineData(float.NegativeInfinity, Partition.ChunkLength)]
    [InlineData(float.NaN, Length - 1)]
    public void A_gradient_that_is_not_finite_changes_nothing(float value, int position)
    {
        using var run = Run.Of(Length, new() { WeightDecay = 0.1, Threads = 2 }).Steps(0, 4);
        var before = run.State();
        var gradient = Run.Gradient(Length, step: 4);
        gradient[position] = value;
        var report = run.Optimizer.Step(run.Parameters, gradient);
        Assert.False(report.Applied);
        Assert.False(double.IsFinite(report.GradientNorm));
        Assert.Equal(before, run.State());
    }

    [Fact]
    public void After_a_skipped_step_training_goes_on_as_if_it_had_not_been()
    {
        // Across step 256, where the Gram matrix is refreshed.
        using var expected = Run.Of(40).Steps(0, 260);
        using var run = Run.Of(40).Steps(0, 256);
        var gradient = new float[40];
        gradient[3] = float.NaN;
        Assert.False(run.Optimizer.Step(run.Parameters, gradient).Applied);
        run.Steps(256, 4);
        Assert.Equal(expected.State(), run.State());
    }

    [Fact]
    public void Without_the_check_the_step_is_applied()
    {
        using var run = Run.Of(3, new() { SkipNonFinite = false });
        var report = run.Optimizer.Step(run.Parameters, [1, float.NaN, 1]);
        Assert.True(report.Applied);
        Assert.Equal(1, run.Optimizer.StepCount);
        Assert.True(float.IsNaN(run.Parameters[1]));
    }
}
