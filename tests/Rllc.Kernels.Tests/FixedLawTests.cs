using ILGPU;

namespace Rllc.Kernels.Tests;

/// <summary>Emitted optimizers with a fixed law on ILGPU's CPU accelerator, compared with the CPU's host.</summary>
public sealed class FixedLawTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    private static readonly long[] Lengths = [4096 + 39, 0, 5];

    private static readonly DeclaredFixed.Nesterov.Options Options = new() { WeightDecay = 0.1, LossScale = 4, Maximize = true };

    [Theory]
    [InlineData(MemoryFormat.Float32, 0)]
    [InlineData(MemoryFormat.Float32, 1)]
    [InlineData(MemoryFormat.BFloat16, 0)]
    public void A_step_is_one_pass_and_comes_to_what_the_CPU_comes_to(MemoryFormat format, int offset)
    {
        using var twins = new Twins(device, Options with { MemoryFormat = format }, offset);
        for (var step = 0; step < 8; step++)
        {
            twins.Step();
            Assert.Equal(double.NaN, twins.Device.ReadReport().GradientNorm);
        }

        twins.AssertAgree(format == MemoryFormat.Float32 ? 1e-5 : 0.01);
        Assert.Equal([0.9, 1], twins.Device.ReadLaw());
        Assert.Equal((2, format == MemoryFormat.Float32 ? 28 : 20), (twins.Device.Footprint.LaunchesPerStep, twins.Device.Footprint.BytesMovedPerParameter));
    }

    [Fact]
    public void A_tensor_without_a_gradient_stays_as_it_is()
    {
        using var twins = new Twins(device, Options);
        twins.Step();
        var before = twins.Parameters[^5..];
        twins.Step(missing: 2);

        Assert.Equal(before, twins.Parameters[^5..]);
        twins.Step();
        twins.AssertAgree(1e-5);
    }

    [Fact]
    public void Clipping_and_skipping_know_the_norm_before_anything_is_written()
    {
        using var twins = new Twins(device, Options with { MaxGradientNorm = 0.5, SkipNonFinite = true });
        for (var step = 0; step < 5; step++)
            twins.Step();
        var before = twins.Parameters;
        twins.Step(poison: float.NaN);

        Assert.Equal(before, twins.Parameters);
        Assert.Equal(1, twins.Device.ReadSkippedCount());
        twins.Step();
        twins.AssertAgree(1e-5);
        Assert.InRange(twins.Device.ReadReport().ClipFactor, 1e-3, 0.5);
        Assert.Equal([0.9, 1], twins.Device.ReadLaw());
        Assert.Equal((3, 40), (twins.Device.Footprint.LaunchesPerStep, twins.Device.Footprint.BytesMovedPerParameter));
    }

    [Fact]
    public void Without_elements_only_the_law_s_kernel_runs()
    {
        using var optimizer = new DeclaredFixed.Nesterov.Device(device.Accelerator, 0);
        optimizer.Step(ArrayView<float>.Empty, ArrayView<float>.Empty);

        Assert.Equal(1, optimizer.Footprint.LaunchesPerStep);
        Assert.Equal(1, optimizer.ReadStepCount());
    }

    [Fact]
    public void What_is_for_a_law_that_learns_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DeclaredFixed.Nesterov.Device(device.Accelerator, 1, new() { LawLearningRate = 0.1 }));
        using var optimizer = new DeclaredFixed.Nesterov.Device(device.Accelerator, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LawLearningRate = 0.1);
        Assert.Throws<InvalidOperationException>(() => optimizer.ReadGram());
    }

    /// <summary>The same steps on the device and on the CPU.</summary>
    private sealed class Twins : IDisposable
    {
        private readonly Random _random = new(1);
        private readonly DeclaredFixed.Nesterov _cpu;
        private readonly DeviceTensorList _parameters;
        private readonly DeviceTensorList _gradients;
        private readonly float[] _expected;

        public Twins(CpuDevice device, DeclaredFixed.Nesterov.Options options, int offset = 0)
        {
            _cpu = new(Lengths, options);
            Device = new DeclaredFixed.Nesterov.Device(device.Accelerator, Lengths, options);
            _parameters = new(device.Accelerator, Lengths, offset);
            _gradients = new(device.Accelerator, Lengths, offset);
            _expected = Numbers();
            _parameters.Values = _expected;
        }

        public DeviceOptimizer Device { get; }

        public float[] Parameters => _parameters.Values;

        public void Step(int missing = -1, float? poison = null)
        {
            var gradient = Numbers();
            gradient[0] = poison ?? gradient[0];
            _gradients.Values = gradient;
            var views = _gradients.Views.ToArray();
            var own = Tensors(gradient).Select(tensor => (ReadOnlyMemory<float>)tensor).ToArray();
            if (missing >= 0)
                (views[missing], own[missing]) = (default, default);
            Device.Step(_parameters.Views, views);
            _cpu.Step(Tensors(_expected), own);
        }

        public void AssertAgree(double tolerance)
        {
            Assert.Equal(_cpu.StepCount, Device.ReadStepCount());
            Assert.All(_expected.Zip(Parameters), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            var (column, expected) = (new float[_expected.Length], new float[_expected.Length]);
            Device.CopyUnit(0, column);
            _cpu.CopyUnit(0, expected);
            Assert.All(expected.Zip(column), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }

        public void Dispose()
        {
            _cpu.Dispose();
            Device.Dispose();
            _parameters.Dispose();
            _gradients.Dispose();
        }

        private float[] Numbers() => [.. Enumerable.Range(0, (int)Lengths.Sum()).Select(_ => _random.NextSingle() - 0.5f)];

        private static Memory<float>[] Tensors(float[] values)
        {
            var offset = 0;
            return [.. Lengths.Select(length => values.AsMemory((offset += (int)length) - (int)length, (int)length))];
        }
    }
}
