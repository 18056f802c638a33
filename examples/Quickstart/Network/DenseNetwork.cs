using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Shared.Learning;

namespace Quickstart.Network;

/// <summary>
/// The paper's dense network: fully connected layers y = x·W + b with ReLU between them, softmax and cross-entropy at the
/// end, no normalisation. All parameters lie in one array, layer by layer, each W (inputs×outputs, row by row) before its b;
/// the gradient has the same layout.
/// </summary>
/// <remarks>
/// Forward and backward pass are shared out by samples, the weights' gradients by rows of W. No sum crosses a share, so the
/// results are the same bits for every number of threads.
/// </remarks>
internal sealed class DenseNetwork
{
    /// <summary>Samples, or rows of W, that one thread takes at a time.</summary>
    private const int Share = 16;

    private readonly Layer[] layers;
    private readonly ParallelOptions parallel;
    private readonly int capacity;
    private readonly float[][] activations;
    private readonly float[][] deltas;
    private readonly float[][] transposed;
    private readonly float[] losses;
    private readonly bool[] hits;

    /// <summary>Makes room for batches of up to <paramref name="capacity"/> samples.</summary>
    /// <param name="capacity">The largest batch.</param>
    /// <param name="threads">Number of threads; 0 is one per processor.</param>
    /// <param name="widths">Inputs, hidden units of each layer, classes.</param>
    public DenseNetwork(int capacity, int threads, params ReadOnlySpan<int> widths)
    {
        this.capacity = capacity;
        parallel = new() { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        layers = new Layer[widths.Length - 1];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new(widths[i], widths[i + 1], ParameterCount);
            ParameterCount = layers[i].End;
        }

        activations = Array.ConvertAll(widths.ToArray(), width => new float[capacity * width]);
        deltas = Array.ConvertAll(activations, values => new float[values.Length]);
        transposed = Array.ConvertAll(layers, layer => new float[layer.Inputs * layer.Outputs]);
        losses = new float[capacity];
        hits = new bool[capacity];
    }

    /// <summary>Length of the parameter array.</summary>
    public int ParameterCount { get; }

    /// <summary>Room for the inputs of a batch, sample by sample.</summary>
    public Span<float> Inputs => activations[0];

    /// <inheritdoc cref="DenseShape.InitialParameters"/>
    public float[] InitialParameters(int seed) => DenseShape.InitialParameters(seed, [.. layers.Select(layer => layer.Inputs), layers[^1].Outputs]);

    /// <summary>Loss and accuracy of the first samples of <see cref="Inputs"/>.</summary>
    public BatchResult Evaluate(float[] parameters, ReadOnlyMemory<byte> labels)
    {
        InShares(labels.Length, (first, count) => Forward(parameters, labels.Span, first, count));
        return Result(labels.Length);
    }

    /// <summary>Loss and accuracy of the first samples of <see cref="Inputs"/>, and the gradient of their mean loss.</summary>
    public BatchResult Differentiate(float[] parameters, ReadOnlyMemory<byte> labels, float[] gradient)
    {
        var samples = labels.Length;
        for (var l = 1; l < layers.Length; l++)
            Transpose(parameters.AsSpan(layers[l].Weights), transposed[l], layers[l].Outputs);

        InShares(samples, (first, count) =>
        {
            Forward(parameters, labels.Span, first, count);
            Backward(labels.Span, first, count, 1f / samples);
        });
        for (var l = 0; l < layers.Length; l++)
        {
            var (layer, inputs, delta) = (layers[l], activations[l], deltas[l + 1]);
            InShares(layer.Inputs, (first, count) =>
            {
                var rows = gradient.AsSpan(layer.Start + first * layer.Outputs, count * layer.Outputs);
                rows.Clear();
                MatrixProduct.AddTransposed(
                    inputs.AsSpan(0, samples * layer.Inputs), layer.Inputs, first,
                    delta.AsSpan(0, samples * layer.Outputs), rows, samples, layer.Outputs);
            });
            SumRows(delta.AsSpan(0, samples * layer.Outputs), gradient.AsSpan(layer.Biases));
        }

        return Result(samples);
    }

    private void Forward(float[] parameters, ReadOnlySpan<byte> labels, int first, int count)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            var layer = layers[l];
            var outputs = Rows(activations[l + 1], layer.Outputs, first, count);
            for (var row = 0; row < count; row++)
                parameters.AsSpan(layer.Biases).CopyTo(outputs[(row * layer.Outputs)..]);
            MatrixProduct.Add(
                Rows(activations[l], layer.Inputs, first, count), parameters.AsSpan(layer.Weights), outputs, layer.Inputs, layer.Outputs);
            if (l + 1 < layers.Length)
                TensorPrimitives.Max(outputs, 0f, outputs);
        }

        for (var sample = first; sample < first + count; sample++)
        {
            var scores = Rows(activations[^1], layers[^1].Outputs, sample, 1);
            var best = TensorPrimitives.Max<float>(scores);
            var sum = 0f;
            foreach (ref var score in scores)
                sum += MathF.Exp(score - best);
            losses[sample] = MathF.Log(sum) + best - scores[labels[sample]];
            hits[sample] = scores[labels[sample]] == best;
        }
    }

    /// <summary>The derivatives of the mean loss by every layer's outputs before their ReLU.</summary>
    private void Backward(ReadOnlySpan<byte> labels, int first, int count, float weight)
    {
        for (var sample = first; sample < first + count; sample++)
        {
            var scores = Rows(activations[^1], layers[^1].Outputs, sample, 1);
            var delta = Rows(deltas[^1], layers[^1].Outputs, sample, 1);
            var logSum = losses[sample] + scores[labels[sample]];
            for (var i = 0; i < delta.Length; i++)
                delta[i] = weight * MathF.Exp(scores[i] - logSum);
            delta[labels[sample]] -= weight;
        }

        for (var l = layers.Length - 1; l > 0; l--)
        {
            var layer = layers[l];
            var delta = Rows(deltas[l], layer.Inputs, first, count);
            delta.Clear();
            MatrixProduct.Add(Rows(deltas[l + 1], layer.Outputs, first, count), transposed[l], delta, layer.Outputs, layer.Inputs);
            KeepWherePositive(Rows(activations[l], layer.Inputs, first, count), delta);
        }
    }

    private void InShares(int total, Action<int, int> work) => Parallel.For(
        0, (total + Share - 1) / Share, parallel, share => work(share * Share, Math.Min(Share, total - share * Share)));

    private BatchResult Result(int samples)
    {
        var (loss, correct) = (0.0, 0);
        for (var i = 0; i < samples; i++)
        {
            loss += losses[i];
            correct += hits[i] ? 1 : 0;
        }

        return new(samples, loss, correct);
    }

    private static Span<float> Rows(float[] matrix, int width, int first, int count) => matrix.AsSpan(first * width, count * width);

    /// <summary>The derivative of ReLU: zero where its output is.</summary>
    private static void KeepWherePositive(ReadOnlySpan<float> outputs, Span<float> delta)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(delta);
        var outputVectors = MemoryMarshal.Cast<float, Vector<float>>(outputs);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.ConditionalSelect(Vector.GreaterThan(outputVectors[i], Vector<float>.Zero), vectors[i], Vector<float>.Zero);
        for (var i = vectors.Length * Vector<float>.Count; i < delta.Length; i++)
            delta[i] = outputs[i] > 0 ? delta[i] : 0;
    }

    private static void SumRows(ReadOnlySpan<float> rows, Span<float> sum)
    {
        sum.Clear();
        for (; rows.Length > 0; rows = rows[sum.Length..])
            TensorPrimitives.Add(sum, rows[..sum.Length], sum);
    }

    private static void Transpose(ReadOnlySpan<float> matrix, Span<float> result, int columns)
    {
        var rows = matrix.Length / columns;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                result[column * rows + row] = matrix[row * columns + column];
        }
    }

    /// <summary>Where a layer's parameters lie in the array.</summary>
    private readonly record struct Layer(int Inputs, int Outputs, int Start)
    {
        public Range Weights => Start..(Start + Inputs * Outputs);

        public Range Biases => (Start + Inputs * Outputs)..End;

        public int End => Start + (Inputs + 1) * Outputs;
    }
}
