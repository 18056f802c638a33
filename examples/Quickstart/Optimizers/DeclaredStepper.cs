using Rllc;
using Shared.Optimizers;

namespace Quickstart.Optimizers;

/// <summary>Trains with a declared optimizer.</summary>
internal sealed class DeclaredStepper : ICheckpointedStepper
{
    private readonly Optimizer optimizer;

    public DeclaredStepper(Optimizer optimizer, Rates rates)
    {
        this.optimizer = optimizer;
        optimizer.LearningRate = rates.Learning;
        optimizer.LawLearningRate = rates.Law;
        LawNames = [.. optimizer.LinearMemory.Units.Select(unit => unit.Name)];
    }

    public IReadOnlyList<string> LawNames { get; }

    public ReadOnlySpan<double> Law => optimizer.LawCoefficients;

    public long StepCount => optimizer.StepCount;

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient) => optimizer.Step(parameters, gradient);

    public void Save(string path, ReadOnlySpan<float> parameters) => optimizer.Save(path, parameters);

    public void Load(string path, Span<float> parameters) => optimizer.Load(path, parameters);

    public void Dispose() => optimizer.Dispose();
}
