using Rllc;

namespace Landscapes.Optimizers;

/// <summary>Steps with a declared optimizer by the gradient at the ascended point.</summary>
internal sealed class SamTrial(TensorOptimizer optimizer) : ITrial
{
    private readonly Sam sam = new(optimizer);
    private readonly float[] gradient = new float[optimizer.Length];

    public void Step(float[] parameters, GradientAt gradientAt) => sam.Step(parameters, gradient, () =>
    {
        gradientAt(parameters, gradient);
        // Nobody here asks for the loss.
        return double.NaN;
    });

    public void Dispose() => optimizer.Dispose();
}
