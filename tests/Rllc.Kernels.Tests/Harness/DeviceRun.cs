using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>The same steps on a device and by the oracle, which takes all tensors as one.</summary>
internal sealed class DeviceRun : IDisposable
{
    private readonly Random _random;
    private readonly DeviceTensorList _parameters;
    private readonly DeviceTensorList _gradients;
    private readonly double _start;

    public DeviceRun(Accelerator accelerator, long[] lengths, OptimizerOptions options, int seed = 1, int offset = 0)
    {
        _random = new Random(seed);
        Optimizer = new MomentumMixOnDevice(accelerator, lengths, options);
        Oracle = new DynamicOptimizer<float>(Optimizer.LinearMemory, (int)lengths.Sum(), options);
        _parameters = new DeviceTensorList(accelerator, lengths, offset);
        _gradients = new DeviceTensorList(accelerator, lengths, offset);
        Expected = Normal();
        _parameters.Values = Expected;
        _start = Norm(Expected);
    }

    public MomentumMixOnDevice Optimizer { get; }

    public DynamicOptimizer<float> Oracle { get; }

    public float[] Expected { get; }

    public float[] Parameters => _parameters.Values;

    public ArrayView<float>[] θ => _parameters.Views;

    public ArrayView<float>[] g => _gradients.Views;

    /// <summary>Takes some steps with random gradients and compares the last report.</summary>
    public void Steps(int count)
    {
        for (var step = 0; step < count; step++)
            Step(Normal());
    }

    public void Step(float[] gradient)
    {
        _gradients.Values = gradient;
        Optimizer.Step(_parameters.Views, _gradients.Views);
        var expected = Oracle.Step(Expected, gradient);
        var actual = Optimizer.ReadReport();
        Assert.Equal(expected.Applied, actual.Applied);
        Close(expected.GradientNorm, actual.GradientNorm, 1e-5);
        Close(expected.ClipFactor, actual.ClipFactor, 1e-5);
    }

    /// <summary>Whether θ, law, memory and counters are those of the oracle.</summary>
    /// <param name="tolerance">Relative to the norm of each.</param>
    public void AssertAgrees(double tolerance = 1e-5)
    {
        var difference = Norm(Expected.Zip(Parameters, (x, y) => x - y));
        Assert.True(difference <= tolerance * Math.Max(_start, Norm(Expected)), $"θ is off by {difference}.");
        Assert.Equal(Oracle.StepCount, Optimizer.ReadStepCount());
        var law = Optimizer.ReadLaw();
        for (var unit = 0; unit < law.Length; unit++)
        {
            Close(Oracle.LawCoefficients[unit], law[unit], 100 * tolerance);
            var column = new float[Expected.Length];
            Optimizer.CopyUnit(unit, column);
            var expected = Oracle.Unit(unit).ToArray();
            Assert.True(Norm(expected.Zip(column, (x, y) => x - y)) <= tolerance * Norm(expected), $"Unit {unit} is off.");
        }
        Close(Oracle.Gram[0, 1], Optimizer.ReadGram()[0, 1], 100 * tolerance * Math.Sqrt(Oracle.Gram[0, 0] * Oracle.Gram[1, 1]) / Math.Max(Math.Abs(Oracle.Gram[0, 1]), 1e-300));
    }

    public float[] Normal() =>
        [.. Enumerable.Range(0, Oracle.Length).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble())))];

    public void Dispose()
    {
        Optimizer.Dispose();
        _parameters.Dispose();
        _gradients.Dispose();
    }

    private static void Close(double expected, double actual, double tolerance) => Assert.True(
        expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R}");

    private static double Norm(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
