namespace Landscapes.Functions;

/// <summary>H. Rosenbrock's curved valley (The Computer Journal 3, 1960).</summary>
internal sealed class Rosenbrock : Landscape
{
    public override string Name => "Rosenbrock";

    public override string Formula => "(1 − x)² + 100(y − x²)²";

    public override IReadOnlyList<(double Low, double High)> Window => [(-2, 2), (-1, 3)];

    public override IReadOnlyList<double> Start => [-1.2, 1];

    public override IReadOnlyList<double> Minimum => [1, 1];

    public override double Value(ReadOnlySpan<double> x)
    {
        var (flat, steep) = (1 - x[0], x[1] - x[0] * x[0]);
        return flat * flat + 100 * steep * steep;
    }

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var steep = x[1] - x[0] * x[0];
        gradient[0] = -2 * (1 - x[0]) - 400 * x[0] * steep;
        gradient[1] = 200 * steep;
    }
}
