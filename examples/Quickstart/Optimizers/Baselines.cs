namespace Quickstart.Optimizers;

/// <summary>θ ← θ − c·g.</summary>
internal sealed class Sgd(double learningRate) : Baseline
{
    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        var rate = (float)learningRate;
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] -= rate * gradient[i];
    }
}

/// <summary>m ← 0.9·m + g, θ ← θ − c·m (heavy ball, as torch.optim.SGD writes it).</summary>
internal sealed class HeavyBall(int length, double learningRate) : Baseline
{
    private const float Decay = 0.9f;
    private readonly float[] memory = new float[length];

    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        var rate = (float)learningRate;
        for (var i = 0; i < parameters.Length; i++)
        {
            memory[i] = Decay * memory[i] + gradient[i];
            parameters[i] -= rate * memory[i];
        }
    }
}

/// <summary>Adam with the defaults of its paper: β₁ = 0.9, β₂ = 0.999, ε = 1e-8 (Kingma and Ba, arXiv 1412.6980, algorithm 1).</summary>
internal sealed class Adam(int length, double learningRate) : Baseline
{
    private const float Decay1 = 0.9f, Decay2 = 0.999f, Epsilon = 1e-8f;
    private readonly float[] first = new float[length], second = new float[length];
    private int steps;

    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        steps++;
        var rate = (float)(learningRate / (1 - Math.Pow(Decay1, steps)));
        var unbias = (float)(1 / (1 - Math.Pow(Decay2, steps)));
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = gradient[i];
            first[i] = Decay1 * first[i] + (1 - Decay1) * g;
            second[i] = Decay2 * second[i] + (1 - Decay2) * g * g;
            parameters[i] -= rate * first[i] / (MathF.Sqrt(unbias * second[i]) + Epsilon);
        }
    }
}

/// <summary>Well-known optimizers as the plain loops they are, to compare with. They have no law and keep no checkpoints.</summary>
internal abstract class Baseline : IStepper
{
    public IReadOnlyList<string> LawNames => [];

    public ReadOnlySpan<double> Law => [];

    public abstract void Step(Span<float> parameters, ReadOnlySpan<float> gradient);

    public void Dispose()
    {
    }
}
