using Rllc;

namespace Landscapes.Optimizers;

/// <summary>Steps with a declared optimizer.</summary>
internal sealed class DeclaredTrial(TensorOptimizer optimizer) : ITrial
{
    private readonly float[] gradient = new float[optimizer.Length];

    public void Step(float[] parameters, GradientAt gradientAt)
    {
        gradientAt(parameters, gradient);
        optimizer.Step(parameters, gradient);
    }

    public void Dispose() => optimizer.Dispose();
}
