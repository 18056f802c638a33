namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>An Adam, its parameters (tensor behind tensor) and a reproducible stream of gradients.</summary>
internal sealed class AdamRun(MomentOptimizer optimizer) : IDisposable
{
    public MomentOptimizer Optimizer { get; } = optimizer;

    public float[] Parameters { get; } = Run.Numbers((int)optimizer.Length, seed: 1);

    public static AdamRun Of(MomentFormula formula, ReadOnlySpan<long> lengths, MomentOptions? options = null) => new(new AdamByHand(formula, lengths, options));

    /// <summary>Numbers as the optimizer's tensors.</summary>
    public Memory<float>[] Tensors(float[] values)
    {
        var tensors = new Memory<float>[Optimizer.Lengths.Length];
        var offset = 0;
        for (var tensor = 0; tensor < tensors.Length; offset += tensors[tensor++].Length)
            tensors[tensor] = values.AsMemory(offset, (int)Optimizer.Lengths[tensor]);
        return tensors;
    }

    /// <summary>Steps of all tensors.</summary>
    /// <param name="first">Which gradients come first.</param>
    /// <param name="count">Number of steps.</param>
    /// <param name="hasGradient">Which tensors have one in which step; null for all.</param>
    public AdamRun Steps(int first, int count, Func<int, int, bool>? hasGradient = null)
    {
        for (var step = first; step < first + count; step++)
        {
            var gradients = Tensors(Run.Gradient(Parameters.Length, step));
            Optimizer.Step(Tensors(Parameters), [.. gradients.Select((gradient, tensor) => hasGradient is null || hasGradient(step, tensor) ? gradient : default)]);
        }
        return this;
    }

    /// <summary>What is kept in one unit of memory.</summary>
    public float[] Unit(int unit)
    {
        var values = new float[Optimizer.Length];
        Optimizer.CopyUnit(unit, values);
        return values;
    }

    /// <summary>Everything the next step depends on but the options: a checkpoint has it.</summary>
    public byte[] State()
    {
        var stream = new MemoryStream();
        Optimizer.Save(stream, Tensors(Parameters));
        return stream.ToArray();
    }

    public void Dispose() => Optimizer.Dispose();

    /// <summary>‖x − y‖/‖y‖.</summary>
    public static double Distance(ReadOnlySpan<float> x, IReadOnlyList<double> y)
    {
        var (difference, norm) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            difference += (x[i] - y[i]) * (x[i] - y[i]);
            norm += y[i] * y[i];
        }
        return Math.Sqrt(difference / norm);
    }
}
