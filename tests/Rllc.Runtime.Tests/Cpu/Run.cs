using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Rllc.Runtime.Tests.Cpu;

/// <summary>An optimizer, its parameters and a reproducible stream of gradients.</summary>
internal sealed class Run(Optimizer optimizer, int seed = 1) : IDisposable
{
    private static readonly ConcurrentDictionary<(int Length, int Step), float[]> Gradients = [];

    public Optimizer Optimizer { get; } = optimizer;

    public float[] Parameters { get; private init; } = Numbers((int)optimizer.Length, seed);

    public static Run Of(long length, OptimizerOptions? options = null) => new(new MomentumMixByHand(length, options));

    /// <summary>A run of several tensors, which lie one behind the other in <see cref="Parameters"/>: most begin at odd places.</summary>
    public static Run OfTensors(ReadOnlySpan<long> lengths, OptimizerOptions? options = null, int seed = 1) => new(new MomentumMixByHand(lengths, options), seed);

    /// <summary>Numbers as the optimizer's tensors.</summary>
    public Memory<float>[] Tensors(float[] values)
    {
        var tensors = new Memory<float>[Optimizer.Lengths.Length];
        var offset = 0;
        for (var tensor = 0; tensor < tensors.Length; offset += tensors[tensor++].Length)
            tensors[tensor] = values.AsMemory(offset, (int)Optimizer.Lengths[tensor]);
        return tensors;
    }

    /// <summary>Steps of all tensors, in their own lists.</summary>
    /// <param name="first">Which gradients come first.</param>
    /// <param name="count">Number of steps.</param>
    /// <param name="hasGradient">Which tensors have one in which step; null for all.</param>
    public Run TensorSteps(int first, int count, Func<int, int, bool>? hasGradient = null)
    {
        for (var step = first; step < first + count; step++)
        {
            var gradients = Tensors(Gradient(Parameters.Length, step));
            Optimizer.Step(Tensors(Parameters), [.. gradients.Select((gradient, tensor) => hasGradient is null || hasGradient(step, tensor) ? gradient : default)]);
        }
        return this;
    }

    /// <summary>Normal-like numbers, a new set for every seed.</summary>
    public static float[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
    }

    /// <summary>The gradient of one step: noise around a constant direction, so that successive ones resemble each other.</summary>
    public static float[] Gradient(int length, int step) =>
        [.. Gradients.GetOrAdd((length, step % 16), key => [.. Numbers(key.Length, seed: 1000).Zip(Numbers(key.Length, seed: 2000 + key.Step), (d, x) => 0.5f * d + x)])];

    public Run Steps(int first, int count)
    {
        for (var step = first; step < first + count; step++)
            Optimizer.Step(Parameters, Gradient(Parameters.Length, step));
        return this;
    }

    /// <summary>Everything the next step depends on.</summary>
    public string State() => string.Join('\n',
        Convert.ToHexString(Bytes(Parameters)),
        string.Join('\n', Enumerable.Range(0, Optimizer.LinearMemory.UnitCount).Select(unit => Convert.ToHexString(Bytes(Unit(unit))))),
        Convert.ToHexString(Bytes(Optimizer.LawCoefficients)),
        Convert.ToHexString(Bytes<double>(Optimizer.Gram.ToRowMajor())),
        Optimizer.StepCount,
        Convert.ToHexString(Bytes([Optimizer.LearningRate, Optimizer.LawLearningRate, Optimizer.LossScale])));

    public float[] Unit(int unit)
    {
        var values = new float[Optimizer.Length];
        Optimizer.CopyUnit(unit, values);
        return values;
    }

    public void Dispose() => Optimizer.Dispose();

    private static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values) where T : unmanaged => MemoryMarshal.AsBytes(values);
}
