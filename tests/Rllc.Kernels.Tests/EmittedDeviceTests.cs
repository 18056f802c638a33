namespace Rllc.Kernels.Tests;

/// <summary>Holds emitted kernels, run on ILGPU's CPU accelerator, to the oracle.</summary>
public sealed class EmittedDeviceTests(CpuDevice device) : IClassFixture<CpuDevice>
{
    // Two chunks, quads and single elements in the second.
    private const int Length = 4096 + 39;

    public static TheoryData<Type, LawTiming, MemoryFormat> Cases
    {
        get
        {
            var cases = new TheoryData<Type, LawTiming, MemoryFormat>();
            foreach (var optimizer in typeof(Declared).GetNestedTypes())
                foreach (var timing in Enum.GetValues<LawTiming>())
                    foreach (var format in (MemoryFormat[])[MemoryFormat.Float32, MemoryFormat.BFloat16])
                        cases.Add(optimizer, timing, format);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Steps_agree_with_the_formulas(Type type, LawTiming timing, MemoryFormat format)
    {
        var options = new OptimizerOptions
        {
            Timing = timing,
            SkipNonFinite = timing == LawTiming.Exact,
            MemoryFormat = format,
            Epsilon = 1e-3,
            HoldCorrections = 16,
            WeightDecay = 0.1,
            LossScale = 2,
        };
        using var optimizer = Create(type, options);
        var oracle = new DynamicOptimizer<float>(optimizer.LinearMemory, Length, options);
        // Of a tensor that begins off a multiple of 16 bytes there are no quads.
        foreach (var offset in (int[])[0, 1])
        {
            using var parameters = new DeviceTensorList(device.Accelerator, [Length], offset);
            using var gradients = new DeviceTensorList(device.Accelerator, [Length], offset);
            var random = new Random(1);
            float[] Normal() => [.. Enumerable.Range(0, Length).Select(_ => (float)(random.NextDouble() + random.NextDouble() - random.NextDouble() - random.NextDouble()))];
            var expected = Normal();
            var norm = Norm(expected);
            parameters.Values = expected;
            // In bfloat16 a number next to the middle of two may be stored as the other one: few steps, a coarse tolerance.
            for (var step = 0; step < (format == MemoryFormat.Float32 ? 10 : 3); step++)
            {
                var gradient = Normal();
                gradients.Values = gradient;
                optimizer.Step(parameters.Views, gradients.Views);
                oracle.Step(expected, gradient);
            }

            var difference = Norm(expected.Zip(parameters.Values, (x, y) => x - y));
            Assert.True(difference <= (format == MemoryFormat.Float32 ? 1e-5 : 0.01) * norm, $"θ is off by {difference}.");
            Assert.Equal(oracle.StepCount, optimizer.ReadStepCount());
        }
    }

    private DeviceOptimizer Create(Type type, OptimizerOptions options)
    {
        // The emitted constructor takes the class's own options: the same properties, with other defaults.
        var own = Activator.CreateInstance(type.GetNestedType("Options")!)!;
        foreach (var property in typeof(OptimizerOptions).GetProperties().Where(property => property.CanWrite))
            property.SetValue(own, property.GetValue(options));
        return (DeviceOptimizer)Activator.CreateInstance(type.GetNestedType("Device")!, device.Accelerator, (long)Length, own)!;
    }

    private static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
