using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rllc.Torch.Tests.Harness;

/// <summary>A network of two layers on made-up data, which is always the same. Two of one seed are the same to the last bit.</summary>
internal sealed class Mlp
{
    private readonly Tensor _x;
    private readonly Tensor _y;

    public Mlp(long seed = 7)
    {
        manual_seed(seed);
        Module = Sequential(("one", Linear(6, 33)), ("act", Tanh()), ("two", Linear(33, 3)));
        manual_seed(99);
        (_x, _y) = (randn(40, 6), randn(40, 3));
    }

    public Sequential Module { get; }

    public Parameter[] Parameters => [.. Module.parameters()];

    /// <summary>Computes the loss on one half of the data, and its gradients anew.</summary>
    /// <param name="step">Which half: even or odd.</param>
    /// <param name="lossScale">What the loss is multiplied with for the gradients.</param>
    public float Backward(int step = 0, double lossScale = 1)
    {
        using var scope = NewDisposeScope();
        Module.zero_grad();
        var half = TensorIndex.Slice(step % 2 * 20, step % 2 * 20 + 20);
        var loss = functional.mse_loss(Module.forward(_x[half]), _y[half]);
        (loss * lossScale).backward();
        return loss.item<float>();
    }

    /// <summary>Trains and returns the losses before each step.</summary>
    public float[] Train(torch.optim.Optimizer optimizer, int steps, int firstStep = 0)
    {
        var losses = new float[steps];
        for (var i = 0; i < steps; i++)
        {
            losses[i] = Backward(firstStep + i);
            optimizer.step();
        }
        return losses;
    }

    /// <summary>All parameters, one after the other.</summary>
    public float[] Values() => [.. Parameters.SelectMany(parameter => parameter.data<float>().ToArray())];

    /// <summary>All gradients, tensor by tensor.</summary>
    public float[][] Gradients() => Array.ConvertAll(Parameters, parameter =>
    {
        using var gradient = parameter.grad;
        return gradient!.data<float>().ToArray();
    });

    /// <summary>Takes over the parameters of another network.</summary>
    public void CopyFrom(Mlp other)
    {
        using var guard = no_grad();
        foreach (var (own, others) in Parameters.Zip(other.Parameters))
            own.copy_(others);
    }
}
