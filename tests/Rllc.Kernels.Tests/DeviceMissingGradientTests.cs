using ILGPU;

namespace Rllc.Kernels.Tests;

/// <summary>A tensor without a gradient stays as it is, and the law is that of the others, as on the CPU's host.</summary>
public sealed class DeviceMissingGradientTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    private static readonly long[] Lengths = [40, 4100, 7];

    [Theory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void Steps_agree_with_the_host(LawTiming timing)
    {
        var options = new OptimizerOptions { Timing = timing, SkipNonFinite = timing == LawTiming.Exact, WeightDecay = 0.1, HoldCorrections = 2, Epsilon = 1e-3 };
        using var host = new Rllc.Runtime.Tests.Cpu.MomentumMixByHand(Lengths, options);
        using var optimizer = new MomentumMixOnDevice(device.Accelerator, Lengths, options);
        using var θ = new DeviceTensorList(device.Accelerator, Lengths);
        using var g = new DeviceTensorList(device.Accelerator, Lengths);
        var random = new Random(3);
        float[][] expected = [.. Lengths.Select(length => Numbers(length, random))];
        θ.Values = [.. expected.SelectMany(values => values)];
        for (var step = 0; step < 12; step++)
        {
            float[][] gradients = [.. Lengths.Select(length => Numbers(length, random))];
            g.Values = [.. gradients.SelectMany(values => values)];
            bool[] present = [step % 3 != 1, step % 4 != 2, step is not (5 or 6)];
            ReadOnlyMemory<float>[] hosts = [.. gradients.Select((values, i) => present[i] ? values : default(ReadOnlyMemory<float>))];
            host.Step([.. expected.Select(values => values.AsMemory())], hosts);
            var before = θ.Views.Select(DeviceTensorList.Read).ToArray();
            optimizer.Step(θ.Views, [.. g.Views.Select((view, i) => present[i] ? view : default)]);
            for (var tensor = 0; tensor < Lengths.Length; tensor++)
                Assert.Equal(!present[tensor], before[tensor].SequenceEqual(DeviceTensorList.Read(θ.Views[tensor])));
            Assert.Equal(host.LawCoefficients[0], optimizer.ReadLaw()[0], 5);
            Assert.Equal(host.LawCoefficients[1], optimizer.ReadLaw()[1], 5);
            Assert.Equal(1, optimizer.ReadGram()[0, 0] / host.Gram[0, 0], 5);
        }

        var flat = expected.SelectMany(values => values).ToArray();
        Assert.Equal(12, optimizer.ReadStepCount());
        Assert.All(θ.Values.Zip(flat), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void A_step_without_any_gradient_is_a_step_all_the_same()
    {
        using var optimizer = new MomentumMixOnDevice(device.Accelerator, [3, 2]);
        using var θ = new DeviceTensorList(device.Accelerator, [3, 2]);
        θ.Values = [1, 2, 3, 4, 5];
        optimizer.Step(θ.Views, new ArrayView<float>[2]);
        Assert.Equal([1, 2, 3, 4, 5], θ.Values);
        Assert.Equal(1, optimizer.ReadStepCount());
        Assert.Equal(0, optimizer.ReadReport().GradientNorm);
    }

    private static float[] Numbers(long length, Random random) => [.. Enumerable.Range(0, (int)length).Select(_ => (float)(random.NextDouble() - 0.4))];
}
