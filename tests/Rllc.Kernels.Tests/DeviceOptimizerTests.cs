namespace Rllc.Kernels.Tests;

/// <summary>Holds steps on a device to the oracle, plain loops over the formulas.</summary>
public sealed class DeviceOptimizerTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    private static readonly OptimizerOptions Delayed = new() { Timing = LawTiming.Delayed, SkipNonFinite = false };

    // ε and a law that waits until the memory is filled: where G is near singular, a law follows the rounding of c.
    private static OptimizerOptions Learning(LawTiming timing) => timing == LawTiming.Exact
        ? new() { HoldCorrections = 2, Epsilon = 1e-3 }
        : Delayed with { HoldCorrections = 2, Epsilon = 1e-3 };

    [Theory]
    [InlineData(0, LawTiming.Exact)]
    [InlineData(0, LawTiming.Delayed)]
    [InlineData(1, LawTiming.Exact)]
    [InlineData(17, LawTiming.Exact)]
    [InlineData(17, LawTiming.Delayed)]
    [InlineData(4095, LawTiming.Exact)]
    [InlineData(4096, LawTiming.Exact)]
    [InlineData(4097, LawTiming.Exact)]
    [InlineData(4097, LawTiming.Delayed)]
    [InlineData(3 * 4096 + 5, LawTiming.Exact)]
    [InlineData(3 * 4096 + 5, LawTiming.Delayed)]
    public void Steps_agree_with_the_formulas_for_every_length(long length, LawTiming timing)
    {
        var options = Learning(timing) with { LawLearningRate = length > 2 ? 0.003 : 0 };
        using var run = new DeviceRun(device.Accelerator, [length], options);
        run.Steps(20);
        run.AssertAgrees();
    }

    [Fact]
    public void There_may_be_any_number_of_tensors()
    {
        using var run = new DeviceRun(device.Accelerator, [.. Enumerable.Range(0, 300).Select(i => (long)(i % 3))], Learning(LawTiming.Exact));
        run.Steps(3);
        run.AssertAgrees();
    }

    [Theory]
    [InlineData(0, LawTiming.Exact)]
    [InlineData(1, LawTiming.Exact)]
    [InlineData(2, LawTiming.Delayed)]
    [InlineData(3, LawTiming.Exact)]
    public void Several_tensors_agree_however_they_are_aligned(int offset, LawTiming timing)
    {
        using var run = new DeviceRun(device.Accelerator, [5, 4097, 0, 16, 33], Learning(timing), offset: offset);
        run.Steps(10);
        run.AssertAgrees();
        Assert.Equal(offset == 0 ? 0 : 4, run.Optimizer.Footprint.ScalarTensorCount);
    }

    [Theory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void A_group_works_on_several_chunks_where_there_are_many(LawTiming timing)
    {
        // Two chunks more than twice as many as the CPU accelerator has groups: three for each, and one for the last.
        long[] lengths = [.. Enumerable.Range(1, 2 * DeviceGroups.MostGroups(device.Accelerator.AcceleratorType)).Select(i => 3L * i), 4097];
        using var run = new DeviceRun(device.Accelerator, lengths, Learning(timing));
        run.Steps(5);
        run.AssertAgrees();
    }

    public static TheoryData<string> OptionSets => [.. Sets.Keys];

    private static Dictionary<string, OptimizerOptions> Sets { get; } = new()
    {
        ["weight decay, ascending"] = Learning(LawTiming.Exact) with { WeightDecay = 0.1, Maximize = true },
        ["weight decay, ascending, delayed"] = Learning(LawTiming.Delayed) with { WeightDecay = 0.1, Maximize = true },
        ["clipped, loss scale"] = Learning(LawTiming.Exact) with { MaxGradientNorm = 1, LossScale = 8 },
        ["not clipped"] = Learning(LawTiming.Exact) with { MaxGradientNorm = 1e6, LossScale = 0.3 },
        ["loss scale, delayed"] = Learning(LawTiming.Delayed) with { LossScale = 1024 },
        ["law interval, hold"] = Learning(LawTiming.Exact) with { LawInterval = 3, HoldCorrections = 5 },
        ["law interval, hold, delayed"] = Learning(LawTiming.Delayed) with { LawInterval = 3, HoldCorrections = 5 },
        ["trace, initial law"] = Learning(LawTiming.Exact) with { Relaxation = Relaxation.Trace, InitialLaw = [0.2, -0.5], LearningRate = 0.1, LawLearningRate = 0.01 },
        ["absolute, fixed law"] = new() { Relaxation = Relaxation.Absolute, LawLearningRate = 0 },
        ["defaults"] = new() { HoldCorrections = 5 },
    };

    [Theory]
    [MemberData(nameof(OptionSets))]
    public void Every_option_means_what_it_means_on_the_host(string set)
    {
        using var run = new DeviceRun(device.Accelerator, [100, 29], Sets[set]);
        run.Steps(20);
        run.AssertAgrees();
    }

    [Fact]
    public void Rates_and_loss_scale_change_from_step_to_step()
    {
        using var run = new DeviceRun(device.Accelerator, [100], Learning(LawTiming.Exact));
        foreach (var (rate, lawRate, scale) in new[] { (0.03, 0.003, 1.0), (0.3, 0.003, 1), (0.3, 0.02, 4), (0.01, 0, 0.5), (0, 0.01, 2), (0.03, 0.003, 1) })
        {
            (run.Optimizer.LearningRate, run.Optimizer.LawLearningRate, run.Optimizer.LossScale) = (rate, lawRate, scale);
            (run.Oracle.LearningRate, run.Oracle.LawLearningRate, run.Oracle.LossScale) = (rate, lawRate, scale);
            Assert.Equal((rate, lawRate, scale), (run.Optimizer.LearningRate, run.Optimizer.LawLearningRate, run.Optimizer.LossScale));
            run.Steps(3);
        }
        run.AssertAgrees();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e17f)]
    public void A_step_that_cannot_be_is_counted_and_writes_nothing(float bad)
    {
        using var run = new DeviceRun(device.Accelerator, [50, 50], Learning(LawTiming.Exact));
        run.Steps(5);
        var (θ, law, units) = (run.Parameters, run.Optimizer.ReadLaw(), Units(run.Optimizer));
        var gradient = run.Normal();
        gradient[70] = bad;
        run.Step(gradient);
        Assert.False(run.Optimizer.ReadReport().Applied);
        Assert.Equal((5, 1), (run.Optimizer.ReadStepCount(), run.Optimizer.ReadSkippedCount()));
        Assert.Equal(θ, run.Parameters);
        Assert.Equal(law, run.Optimizer.ReadLaw());
        Assert.Equal(units, Units(run.Optimizer));
        run.Steps(5);
        Assert.True(run.Optimizer.ReadReport().Applied);
        Assert.Equal((10, 1), (run.Optimizer.ReadStepCount(), run.Optimizer.ReadSkippedCount()));
        run.AssertAgrees();
    }

    [Fact]
    public void Without_skipping_a_gradient_that_is_not_finite_is_applied()
    {
        using var run = new DeviceRun(device.Accelerator, [10], new() { SkipNonFinite = false });
        var gradient = run.Normal();
        gradient[3] = float.NaN;
        run.Step(gradient);
        Assert.True(run.Optimizer.ReadReport().Applied);
        Assert.Equal(float.NaN, run.Parameters[3]);
    }

    [Fact]
    public void A_report_tells_of_the_last_step_and_only_of_one()
    {
        using var run = new DeviceRun(device.Accelerator, [4], new() { MaxGradientNorm = 1, LossScale = 2 });
        Assert.Equal("There has been no step to report.", Assert.Throws<InvalidOperationException>(() => _ = run.Optimizer.ReadReport().Applied).Message);
        run.Step([6, 0, 8, 0]);
        var report = run.Optimizer.ReadReport();
        Assert.Equal((5, 0.2), (report.GradientNorm, Math.Round(report.ClipFactor, 5)));
        Assert.Equal([1, 0], report.Law);
        // The gradient in the memory is (6, 0, 8, 0)/2, clipped to norm 1.
        Assert.Equal(1, run.Optimizer.ReadGram()[0, 0], 5);
        Assert.Equal(1, run.Optimizer.ReadGram()[0, 1], 5);
        var second = new float[4];
        run.Optimizer.CopyUnit(1, tensor: 0, second);
        Assert.Equal([0.6, 0, 0.8, 0], second.Select(x => Math.Round(x, 5)));
    }

    private static float[] Units(DeviceOptimizer optimizer)
    {
        var columns = new float[2 * optimizer.Length];
        optimizer.CopyUnit(0, columns.AsSpan(0, columns.Length / 2));
        optimizer.CopyUnit(1, columns.AsSpan(columns.Length / 2));
        return columns;
    }
}
