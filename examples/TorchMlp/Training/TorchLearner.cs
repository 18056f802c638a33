using System.Runtime.InteropServices;
using Rllc;
using Shared.Data;
using Shared.Learning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchMlp.Training;

/// <summary>A network of TorchSharp's modules and an optimizer of its parameters.</summary>
internal class TorchLearner(Sequential network, optim.Optimizer optimizer) : ILearner
{
    private readonly Tensor inputs = zeros(DenseShape.Batch, Dataset.PictureLength);

    public int ParameterCount { get; } = (int)network.parameters().Sum(parameter => parameter.numel());

    public virtual IReadOnlyList<string> LawNames => [];

    public virtual ReadOnlySpan<double> Law => [];

    public Span<float> Inputs => MemoryMarshal.Cast<byte, float>(inputs.bytes);

    public BatchResult Evaluate(ReadOnlyMemory<byte> labels)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        return Forward(labels).Result;
    }

    public BatchResult Learn(ReadOnlyMemory<byte> labels)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var (loss, result) = Forward(labels);
        loss.backward();
        optimizer.step();
        return result;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
        inputs.Dispose();
    }

    private (Tensor Loss, BatchResult Result) Forward(ReadOnlyMemory<byte> labels)
    {
        var samples = labels.Length;
        var classes = tensor(labels.ToArray()).to_type(ScalarType.Int64);
        var scores = network.forward(inputs.narrow(0, 0, samples));
        var loss = nn.functional.cross_entropy(scores, classes);
        var correct = scores.argmax(1).eq(classes).sum().item<long>();
        return (loss, new(samples, loss.item<float>() * (double)samples, (int)correct));
    }
}

/// <summary>The same with a declared optimizer, which has a law and keeps checkpoints.</summary>
internal sealed class DeclaredTorchLearner(Sequential network, TorchOptimizer optimizer) : TorchLearner(network, optimizer), ICheckpointedLearner
{
    private readonly TorchOptimizer optimizer = optimizer;

    public override IReadOnlyList<string> LawNames { get; } = [.. optimizer.LinearMemory.Units.Select(unit => unit.Name)];

    public override ReadOnlySpan<double> Law => optimizer.LawCoefficients();

    public long StepCount => optimizer.StepCount;

    public void Save(string path) => optimizer.save_checkpoint(path, with_parameters: true);

    public void Load(string path) => optimizer.load_checkpoint(path, with_parameters: true);
}
