using Quickstart.Network;
using Quickstart.Optimizers;
using Shared.Learning;

namespace Quickstart.Training;

/// <summary>The program's own network, and an optimizer of its flat array of parameters.</summary>
internal class DenseLearner(DenseNetwork network, IStepper optimizer, float[] parameters) : ILearner
{
    private readonly float[] gradient = new float[parameters.Length];

    public int ParameterCount => parameters.Length;

    public IReadOnlyList<string> LawNames => optimizer.LawNames;

    public ReadOnlySpan<double> Law => optimizer.Law;

    public Span<float> Inputs => network.Inputs;

    /// <summary>A network of the paper's shape with an optimizer, which keeps checkpoints where the optimizer does.</summary>
    /// <param name="seed">What the parameters follow from.</param>
    /// <param name="threads">Number of threads; 0 is one per processor.</param>
    /// <param name="createOptimizer">Makes the optimizer for a number of parameters.</param>
    public static ILearner Create(int seed, int threads, Func<int, IStepper> createOptimizer)
    {
        var network = new DenseNetwork(DenseShape.Batch, threads, [.. DenseShape.Widths]);
        var parameters = network.InitialParameters(seed);
        var optimizer = createOptimizer(parameters.Length);
        return optimizer is ICheckpointedStepper checkpointed
            ? new CheckpointedDenseLearner(network, checkpointed, parameters)
            : new DenseLearner(network, optimizer, parameters);
    }

    public BatchResult Evaluate(ReadOnlyMemory<byte> labels) => network.Evaluate(parameters, labels);

    public BatchResult Learn(ReadOnlyMemory<byte> labels)
    {
        var result = network.Differentiate(parameters, labels, gradient);
        optimizer.Step(parameters, gradient);
        return result;
    }

    public void Dispose() => optimizer.Dispose();
}

/// <summary>The same with an optimizer that keeps checkpoints.</summary>
internal sealed class CheckpointedDenseLearner(DenseNetwork network, ICheckpointedStepper optimizer, float[] parameters)
    : DenseLearner(network, optimizer, parameters), ICheckpointedLearner
{
    private readonly ICheckpointedStepper optimizer = optimizer;
    private readonly float[] parameters = parameters;

    public long StepCount => optimizer.StepCount;

    public void Save(string path) => optimizer.Save(path, parameters);

    public void Load(string path) => optimizer.Load(path, parameters);
}
