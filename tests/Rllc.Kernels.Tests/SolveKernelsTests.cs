using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

public class SolveKernelsTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    private const double Tolerance = 1e-10;

    public static TheoryData<int, Relaxation> Cases()
    {
        var cases = new TheoryData<int, Relaxation>();
        foreach (var k in new[] { 1, 2, 3, 4, 5, 6, 7, 8, LawViews.MostUnits })
            foreach (var relaxation in new[] { Relaxation.Invariant, Relaxation.Trace, Relaxation.Absolute })
                cases.Add(k, relaxation);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exact_steps_agree_with_the_host_and_skip_what_it_skips(int k, Relaxation relaxation)
    {
        var random = new Random(100 * k + (int)relaxation);
        var options = RandomOptions(random) with { Relaxation = relaxation };
        var memory = SmallMemory.Random(k, random);
        using var run = new Run(device.Accelerator, memory, options);
        for (var step = 0; step < 80; step++)
        {
            if (step % 17 == 5)
                run.RequestExactGram();
            var g = run.Gradient(random);
            // A skip must leave a requested Gram matrix requested: one falls on a step that has one.
            if (step is 0 or 22 or 60)
                g[step % g.Length] = double.NaN;
            if (step % 40 == 30)
                g[0] = step == 30 ? 1e30 : 1e200;
            run.StepExact(g);
        }

        Assert.InRange(run.Host.Skipped, 3, 5);
        Assert.Equal(80, run.Host.State.Step + run.Host.Skipped);
        Assert.NotEqual([1.0, .. new double[k - 1]], run.Host.State.L);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Delayed_steps_agree_with_the_host(int k, Relaxation relaxation)
    {
        var random = new Random(1000 * k + (int)relaxation);
        var options = RandomOptions(random) with
        {
            Relaxation = relaxation,
            Timing = LawTiming.Delayed,
            SkipNonFinite = false,
            MaxGradientNorm = double.PositiveInfinity,
        };
        using var run = new Run(device.Accelerator, SmallMemory.Random(k, random), options);
        for (var step = 0; step < 60; step++)
        {
            if (step % 17 == 5)
                run.RequestExactGram();
            run.StepDelayed(run.Gradient(random));
        }

        Assert.Equal(60, run.Host.State.Step);
        Assert.NotEqual([1.0, .. new double[k - 1]], run.Host.State.L);
    }

    [Theory]
    [InlineData(MemoryFormat.Float32, 1)]
    [InlineData(MemoryFormat.BFloat16, 259)]
    public void The_Gram_matrix_is_refreshed_when_the_host_refreshes_it(MemoryFormat format, int refreshes)
    {
        var random = new Random(1);
        using var run = new Run(device.Accelerator, SmallMemory.Random(3, random), new() { MemoryFormat = format });
        for (var step = 0; step < 260; step++)
            run.StepExact(run.Gradient(random));
        Assert.Equal(refreshes, run.Refreshes);
    }

    [Theory]
    [InlineData(1.0 / 1024, 1)]
    [InlineData(1024, 1.0 / 1024)]
    public void A_gradient_beyond_the_norm_is_clipped_and_a_smaller_one_is_not(double length, double expected)
    {
        var memory = LinearMemory.Parse("M(0.9)");
        using var run = new Run(device.Accelerator, memory, new() { MaxGradientNorm = 1, LossScale = 1024 });
        var g = new double[SmallMemory.Chunks];
        g[0] = 1024 * length;
        run.StepExact(g);
        Assert.Equal(length, run.Host.Factors.GradientNorm, 1e-9 * length);
        Assert.Equal(expected, run.Host.Factors.ClipFactor, 1e-8);
    }

    [Fact]
    public void Without_skipping_a_gradient_that_is_not_finite_is_applied_as_on_the_host()
    {
        var random = new Random(2);
        using var run = new Run(device.Accelerator, SmallMemory.Random(2, random), new() { SkipNonFinite = false, MaxGradientNorm = 1 });
        run.StepExact(run.Gradient(random));
        var g = run.Gradient(random);
        g[3] = double.NaN;
        run.StepExact(g);
        Assert.Equal(1, run.Host.Factors.Applied);
        Assert.Equal(double.NaN, run.Host.Factors.ClipFactor);
        Assert.All(run.Host.State.L, coefficient => Assert.Equal(double.NaN, coefficient));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        const int k = 3;
        var random = new Random(3);
        var memory = SmallMemory.Random(k, random);
        var width = new SmallMemory(memory).SumCount;
        // A device of its own: one that has once had 256 threads takes all of them through every launch.
        using var device = new CpuDevice();
        using var few = new DeviceLaw(device.Accelerator, memory, new(), 1000 * width, threads: 32);
        using var many = new DeviceLaw(device.Accelerator, memory, new(), 1000 * width, threads: 256);
        for (var step = 0; step < 3; step++)
        {
            // Rounding differs with every order of these: c is small against γ, so that the solve stays a sensible one.
            var partials = Enumerable.Range(0, 1000 * width).Select(i => i % width == k ? 1 + random.NextDouble() : random.NextDouble() - 0.5).ToArray();
            few.SolveExact(partials);
            many.SolveExact(partials);
            Assert.Equal(few.L, many.L);
            Assert.Equal(few.G, many.G);
            Assert.Equal(few.Factors, many.Factors);
            var gamma = Enumerable.Range(0, 1000).Sum(chunk => partials[chunk * width + k]);
            Assert.Equal(Math.Sqrt(gamma), few.Factors.GradientNorm, 1e-11);
        }
    }

    [Fact]
    public void The_pseudo_inverse_is_refused_with_the_remedy()
    {
        var exception = Assert.Throws<NotSupportedException>(() => LawSettings.From(new() { Relaxation = Relaxation.PseudoInverse }));
        Assert.Contains("choose the relaxation Invariant, Trace or Absolute", exception.Message);
    }

    private static OptimizerOptions RandomOptions(Random random) => new()
    {
        LearningRate = 0.1 * random.NextDouble(),
        LawLearningRate = 0.01 + 0.01 * random.NextDouble(),
        Epsilon = Math.Pow(10, -1 - 5 * random.NextDouble()),
        LawInterval = random.Next(1, 4),
        HoldCorrections = random.Next(0, 10),
        Maximize = random.Next(2) == 0,
        MaxGradientNorm = random.Next(2) == 0 ? double.PositiveInfinity : 5,
        LossScale = Math.Pow(2, random.Next(0, 4)),
        MemoryFormat = random.Next(3) == 0 ? MemoryFormat.BFloat16 : MemoryFormat.Float32,
    };

    /// <summary>Takes the same steps on the host and on the device and compares everything after each.</summary>
    private sealed class Run(Accelerator accelerator, LinearMemory memory, OptimizerOptions options) : IDisposable
    {
        private readonly SmallMemory _M = new(memory);
        private readonly DeviceLaw _device = new(accelerator, memory, options, SmallMemory.Chunks * new SmallMemory(memory).SumCount);

        public HostLaw Host { get; } = new(memory, options);

        public int Refreshes { get; private set; }

        public double[] Gradient(Random random) =>
            Enumerable.Range(0, SmallMemory.Chunks).Select(_ => options.LossScale * (random.NextDouble() - 0.3)).ToArray();

        public void RequestExactGram()
        {
            Host.State.RequestExactGram();
            _device.RequestExactGram();
        }

        public void StepExact(double[] g)
        {
            var partials = Partials(g);
            Host.SolveExact(_M.Sums(partials));
            _device.SolveExact(partials);
            Compare();
            if (Host.Factors.Applied != 0)
                _M.Advance(g, Host.Factors.GradientScale);
        }

        public void StepDelayed(double[] g)
        {
            Host.BeginDelayed();
            _device.BeginDelayed();
            Compare();
            var partials = Partials(g);
            Host.EndDelayed(_M.Sums(partials));
            _device.EndDelayed(partials);
            Compare();
            _M.Advance(g, Host.Factors.GradientScale);
        }

        public void Dispose() => _device.Dispose();

        private double[] Partials(double[] g)
        {
            Refreshes += Host.GramIsDue ? 1 : 0;
            return _M.Partials(g, Host.GramIsDue);
        }

        private void Compare()
        {
            Same(Host.State.L, _device.L);
            Same(Host.State.G, _device.G);
            Same(Host.State.Pending, _device.Pending);
            Assert.Equal(Host.StepLaw, _device.StepLaw);
            var (expected, actual) = (Host.Factors, _device.Factors);
            Same([expected.GradientNorm, expected.ClipFactor], [actual.GradientNorm, actual.ClipFactor]);
            Assert.Equal((expected.GradientScale, expected.Applied), (actual.GradientScale, actual.Applied));
            var counters = _device.Counters;
            Assert.Equal(
                (Host.State.Step, Host.Skipped, Host.State.RefreshRequested),
                (counters.Step, counters.Skipped, counters.GramRequested != 0));
        }

        private static void Same(double[] expected, double[] actual)
        {
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.True(
                    expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Abs(expected[i]),
                    $"{actual[i]:R} instead of {expected[i]:R}");
        }
    }
}
