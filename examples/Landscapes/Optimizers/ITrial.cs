namespace Landscapes.Optimizers;

/// <summary>Computes a gradient.</summary>
/// <param name="parameters">Where.</param>
/// <param name="gradient">Receives it.</param>
internal delegate void GradientAt(ReadOnlySpan<float> parameters, Span<float> gradient);

/// <summary>An optimizer on its way.</summary>
internal interface ITrial : IDisposable
{
    /// <summary>One step.</summary>
    /// <param name="parameters">Updated in place.</param>
    /// <param name="gradientAt">Called once, or twice where the optimizer looks around.</param>
    void Step(float[] parameters, GradientAt gradientAt);
}
