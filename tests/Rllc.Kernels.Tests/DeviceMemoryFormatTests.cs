namespace Rllc.Kernels.Tests;

/// <summary>M in two bytes a number.</summary>
public sealed class DeviceMemoryFormatTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    [Theory]
    [InlineData(0, LawTiming.Exact)]
    [InlineData(1, LawTiming.Exact)]
    [InlineData(0, LawTiming.Delayed)]
    public void Bfloat16_agrees_with_the_formulas_as_far_as_it_goes(int offset, LawTiming timing)
    {
        var options = new OptimizerOptions
        {
            MemoryFormat = MemoryFormat.BFloat16,
            Timing = timing,
            SkipNonFinite = timing == LawTiming.Exact,
            HoldCorrections = 2,
            Epsilon = 1e-3,
        };
        using var run = new DeviceRun(device.Accelerator, [70, 4099], options, offset: offset);
        // After one step both have rounded the same numbers.
        run.Steps(1);
        var column = new float[4169];
        run.Optimizer.CopyUnit(1, column);
        Assert.Equal(run.Oracle.Unit(1).ToArray(), column);
        // Later the least difference stores another neighbour here and there, off by up to 2⁻⁷.
        run.Steps(4);
        run.AssertAgrees(tolerance: 0.01);
        run.Optimizer.CopyUnit(0, column);
        Assert.All(column, value => Assert.Equal(BFloat16.Nearest(value), value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Rounding_at_random_is_right_on_average_and_the_same_every_time(int offset)
    {
        // An eighth of the way from 1 to its neighbour in bfloat16.
        const float value = 1 + 1f / 1024;
        const int length = 8192;
        var first = Rounded(offset, length, value);
        var again = Rounded(offset, length, value);
        Assert.Equal(first, again);
        foreach (var column in first)
        {
            Assert.All(column, number => Assert.Contains(number, new[] { 1, 1 + 1f / 128 }));
            // Four standard deviations of a mean of as many.
            Assert.Equal(value, column.Average(), 4 * Math.Sqrt(1.0 / 8 * 7 / 8 / length) / 128);
        }

        Assert.NotEqual(first[0], first[1]);
        Assert.NotEqual(first[0], first[2]);
    }

    /// <summary>Unit 1 after each of two steps, then unit 0 after a first one, all with the same gradient.</summary>
    private float[][] Rounded(int offset, int length, float value)
    {
        var options = new OptimizerOptions { MemoryFormat = MemoryFormat.BFloat16Stochastic, LawLearningRate = 0 };
        using var optimizer = new MomentumMixOnDevice(device.Accelerator, [length], options);
        using var θ = new DeviceTensorList(device.Accelerator, [length], offset);
        using var g = new DeviceTensorList(device.Accelerator, [length], offset);
        θ.Values = new float[length];
        g.Values = [.. Enumerable.Repeat(value, length)];
        float[][] columns = [new float[length], new float[length], new float[length]];
        optimizer.Step(θ.Views, g.Views);
        optimizer.CopyUnit(1, columns[0]);
        optimizer.CopyUnit(0, columns[2]);
        optimizer.Step(θ.Views, g.Views);
        optimizer.CopyUnit(1, columns[1]);
        return columns;
    }
}
