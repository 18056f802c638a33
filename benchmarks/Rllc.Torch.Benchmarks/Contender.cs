using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rllc.Torch.Benchmarks;

/// <summary>An optimizer with parameters and gradients of its own.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Tensor[] _gradients;
    private readonly optim.Optimizer _optimizer;

    /// <summary>Makes tensors of the given numbers of elements, with gradients, and the optimizer of them.</summary>
    public Contender(string name, IReadOnlyList<long> lengths, Func<Parameter[], optim.Optimizer> create)
    {
        Name = name;
        _parameters = [.. lengths.Select(length => new Parameter(randn(length)))];
        _gradients = [.. lengths.Select(length => randn(length))];
        for (var i = 0; i < _parameters.Length; i++)
            _parameters[i].grad = _gradients[i];
        _optimizer = create(_parameters);
    }

    /// <summary>What it is called in the report.</summary>
    public string Name { get; }

    /// <summary>One step, with the gradients as they are.</summary>
    public void Step() => _optimizer.step();

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var tensor in _parameters.Concat(_gradients))
            tensor.Dispose();
    }
}
