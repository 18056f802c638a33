using ILGPU;
using ILGPU.Runtime;

namespace Rllc.Kernels.Tests;

/// <summary>The same steps on a device and on the CPU's host.</summary>
internal abstract class DeviceTwins : IDisposable
{
    private readonly Random _random = new(1);
    private readonly DeviceTensorList _parameters;
    private readonly DeviceTensorList _gradients;
    private readonly float[][] _expected;
    private readonly int _units;

    /// <summary>Begins with random parameters.</summary>
    /// <param name="accelerator">The device.</param>
    /// <param name="onCpu">An optimizer, which is disposed along.</param>
    /// <param name="onDevice">The same on the device.</param>
    /// <param name="units">Numbers that both keep for each parameter.</param>
    /// <param name="offset">How many elements after a multiple of 16 bytes tensors begin on the device.</param>
    protected DeviceTwins(Accelerator accelerator, TensorOptimizer onCpu, DeviceTensorOptimizer onDevice, int units, int offset)
    {
        (OnCpu, OnDevice, _units) = (onCpu, onDevice, units);
        var lengths = onCpu.Lengths.ToArray();
        _parameters = new DeviceTensorList(accelerator, lengths, offset);
        _gradients = new DeviceTensorList(accelerator, lengths, offset);
        _expected = [.. lengths.Select(length => Numbers(length, 1))];
        _parameters.Values = [.. _expected.SelectMany(values => values)];
    }

    public TensorOptimizer OnCpu { get; }

    public DeviceTensorOptimizer OnDevice { get; }

    /// <summary>All parameters on the device.</summary>
    public float[] Parameters => _parameters.Values;

    public ArrayView<float>[] θ => _parameters.Views;

    public void Steps(int count)
    {
        for (var step = 0; step < count; step++)
            Step();
    }

    /// <summary>Steps both with the same random gradients, and compares the reports.</summary>
    /// <param name="missing">The tensor that has none; −1 for all have.</param>
    /// <param name="poison">What the last element of the last gradient becomes, if not the random number.</param>
    /// <param name="scale">Of the gradients.</param>
    public void Step(int missing = -1, float? poison = null, float scale = 1)
    {
        float[][] gradients = [.. _expected.Select(values => Numbers(values.Length, scale))];
        if (poison is { } value)
            gradients[^1][^1] = value;
        _gradients.Values = [.. gradients.SelectMany(values => values)];
        var expected = OnCpu.Step(
            [.. _expected.Select(values => (Memory<float>)values)],
            [.. gradients.Select((values, i) => i == missing ? default : (ReadOnlyMemory<float>)values)]);
        OnDevice.Step(_parameters.Views, [.. _gradients.Views.Select((view, i) => i == missing ? default : view)]);
        var actual = OnDevice.ReadReport();
        Assert.Equal(expected.Applied, actual.Applied);
        Assert.Equal(expected.ClipFactor, actual.ClipFactor, 1e-6);
        Assert.True(
            expected.GradientNorm.Equals(actual.GradientNorm) || Math.Abs(expected.GradientNorm - actual.GradientNorm) <= 1e-6 * expected.GradientNorm,
            $"The norm is {actual.GradientNorm}, not {expected.GradientNorm}.");
    }

    /// <summary>Whether θ, memory and count are those of the host.</summary>
    public void AssertAgree(double tolerance = 1e-6)
    {
        AssertParametersAgree(tolerance);
        Assert.Equal(OnCpu.StepCount, OnDevice.ReadStepCount());
        float[] expected = new float[OnCpu.Length], actual = new float[OnCpu.Length];
        for (var unit = 0; unit < _units; unit++)
        {
            OnCpu.CopyUnit(unit, expected);
            OnDevice.CopyUnit(unit, actual);
            // What is next to nothing because its summands are not is as exact as these.
            var largest = Math.Max(1e-3f, expected.Select(Math.Abs).DefaultIfEmpty().Max());
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
        }
    }

    public void AssertParametersAgree(double tolerance) =>
        Assert.All(_expected.SelectMany(values => values).Zip(Parameters), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));

    public void Dispose()
    {
        OnCpu.Dispose();
        OnDevice.Dispose();
        _parameters.Dispose();
        _gradients.Dispose();
    }

    /// <summary>A declared class takes options of its own: the same properties, with other defaults.</summary>
    protected static TOptions To<TOptions>(TensorOptimizerOptions options) where TOptions : TensorOptimizerOptions, new()
    {
        var own = new TOptions();
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
            property.SetValue(own, property.GetValue(options));
        return own;
    }

    private float[] Numbers(long length, float scale) => [.. Enumerable.Range(0, (int)length).Select(_ => scale * (float)(_random.NextDouble() - 0.4))];
}
