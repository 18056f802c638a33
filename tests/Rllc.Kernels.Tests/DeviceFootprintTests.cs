using System.Globalization;

namespace Rllc.Kernels.Tests;

/// <summary>What an optimizer says that it takes up.</summary>
public sealed class DeviceFootprintTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    [Fact]
    public void It_counts_memory_traffic_and_launches()
    {
        using var run = new DeviceRun(device.Accelerator, [4097, 0, 3], new(), offset: 2);
        var before = run.Optimizer.Footprint;
        Assert.Equal(0, before.ScalarTensorCount);
        run.Steps(1);
        var footprint = run.Optimizer.Footprint;
        Assert.Equal(before with { ScalarTensorCount = 2 }, footprint);
        // 4096 + 16 + 16 rows of 2 floats; 3 chunks of 24 bytes and 3 tensors of 32; a group for each chunk: c, γ and 3 pairs.
        Assert.Equal((4128 * 8, 3 * 24 + 3 * 32, 3 * 6 * 8), (footprint.MemoryBytes, footprint.TableBytes, footprint.PartialBytes));
        Assert.Equal((40, 40 * 4100, 3), (footprint.BytesMovedPerParameter, footprint.BytesMovedPerStep, footprint.LaunchesPerStep));
        // B, S, S⁻¹, G; a, L, what is pending; −c₁L; settings, counters, factors.
        Assert.Equal(4 * 32 + 3 * 16 + 8 + 72 + 24 + 24, footprint.LawBytes);
    }

    [Theory]
    [InlineData(LawTiming.Exact, MemoryFormat.BFloat16, 3, 28)]
    [InlineData(LawTiming.Delayed, MemoryFormat.BFloat16, 3, 20)]
    [InlineData(LawTiming.Delayed, MemoryFormat.Float32, 3, 28)]
    public void It_knows_timing_and_format(LawTiming timing, MemoryFormat format, int launches, int bytesMoved)
    {
        var options = new OptimizerOptions { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, MemoryFormat = format };
        using var optimizer = new MomentumMixOnDevice(device.Accelerator, [16], options);
        Assert.Equal((launches, bytesMoved), (optimizer.Footprint.LaunchesPerStep, optimizer.Footprint.BytesMovedPerParameter));
        Assert.Equal(16 * 2 * (format == MemoryFormat.Float32 ? 4 : 2), optimizer.Footprint.MemoryBytes);
        using var empty = new MomentumMixOnDevice(device.Accelerator, [0], options);
        Assert.Equal(timing == LawTiming.Exact ? 1 : 2, empty.Footprint.LaunchesPerStep);
    }

    [Fact]
    public void It_prints_as_a_table_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new("fi-FI");
            var layout = new DeviceLayout(LinearMemory.Parse("M(0.9) ⊕ M(0)"), [1_000_000], MemoryFormat.Float32);
            Assert.Equal(
                """
                bytes on the device        8017976
                  memory                   8000000
                  tables                   5912
                  law                      304
                  partial sums             11760
                bytes moved in a step      40000000
                  per parameter            40
                launches in a step         3
                tensors                    1
                  not aligned to 16 bytes  0
                """.Replace("\r\n", "\n"),
                DeviceFootprint.Of(layout, StepKind.Exact, new DeviceTensor[1]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
