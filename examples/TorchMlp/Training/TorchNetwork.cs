using Shared.Learning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchMlp.Training;

/// <summary>The paper's dense network as TorchSharp's modules.</summary>
internal static class TorchNetwork
{
    /// <summary>The network with the parameters that the quickstart's has for the same seed.</summary>
    /// <param name="seed">What the parameters follow from.</param>
    /// <param name="threads">Threads of libtorch in this process; 0 is one per processor.</param>
    public static Sequential Create(int seed, int threads)
    {
        set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
        var widths = DenseShape.Widths;
        var network = nn.Sequential();
        for (var layer = 0; layer + 1 < widths.Count; layer++)
        {
            if (layer > 0)
                network.append($"relu{layer}", nn.ReLU());
            network.append($"linear{layer + 1}", nn.Linear(widths[layer], widths[layer + 1]));
        }

        SetParameters(network, DenseShape.InitialParameters(seed, widths));
        return network;
    }

    private static void SetParameters(Sequential network, float[] values)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var start = 0;
        foreach (var layer in network.children().OfType<Linear>())
        {
            // Torch keeps outputs×inputs, the values are inputs×outputs.
            long outputs = layer.weight!.shape[0], inputs = layer.weight.shape[1];
            var (weights, biases) = ((int)(inputs * outputs), (int)outputs);
            layer.weight.copy_(tensor(values.AsSpan(start, weights).ToArray(), inputs, outputs).t());
            layer.bias!.copy_(tensor(values.AsSpan(start + weights, biases).ToArray()));
            start += weights + biases;
        }
    }
}
