using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Wrappers;

/// <summary>A loss with curvatures of its own in every direction, Σ λθ²/2 + cos θ, on n float32 parameters or, to compare with, n float64 ones.</summary>
internal sealed class Valley(int length)
{
    private readonly float[] _curvatures = [.. Enumerable.Range(0, length).Select(i => 0.2f + i % 7)];

    public float[] Parameters { get; } = Run.Numbers(length, seed: 11);

    public float[] Gradient { get; } = new float[length];

    /// <summary>How often the gradient was computed.</summary>
    public int Calls { get; private set; }

    /// <summary>Fills the gradient and returns the loss.</summary>
    public double Backward()
    {
        Calls++;
        var loss = 0.0;
        for (var i = 0; i < length; i++)
        {
            Gradient[i] = _curvatures[i] * Parameters[i] - MathF.Sin(Parameters[i]);
            loss += _curvatures[i] * Parameters[i] * (double)Parameters[i] / 2 + Math.Cos(Parameters[i]);
        }
        return loss;
    }

    public double[] GradientAt(double[] θ) => [.. θ.Select((x, i) => _curvatures[i] * x - Math.Sin(x))];

    /// <summary>Numbers as tensors of some lengths, which lie one behind the other.</summary>
    public static Memory<float>[] Tensors(float[] values, long[] lengths) =>
        [.. lengths.Select((length, i) => values.AsMemory((int)lengths.Take(i).Sum(), (int)length))];
}
