namespace Landscapes.Functions;

/// <summary>D. Ackley's funnel with a grid of local minima (A Connectionist Machine for Genetic Hillclimbing, 1987).</summary>
internal sealed class Ackley : Landscape
{
    private const double Depth = 20, Decay = 0.2, Frequency = 2 * Math.PI;

    public override string Name => "Ackley";

    public override string Formula => "−20·exp(−0.2·√(½(x² + y²))) − exp(½(cos 2πx + cos 2πy)) + e + 20";

    public override IReadOnlyList<(double Low, double High)> Window => [(-4, 4), (-4, 4)];

    public override IReadOnlyList<double> Start => [-3.2, 2.7];

    public override IReadOnlyList<double> Minimum => [0, 0];

    public override double Value(ReadOnlySpan<double> x) => Math.E + Depth - Depth * Funnel(Radius(x)) - Ripples(x);

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var radius = Radius(x);
        var (funnel, ripples) = (Funnel(radius), Ripples(x));
        for (var i = 0; i < 2; i++)
        {
            // The funnel has a tip, at which any slope is one.
            var slope = radius > 0 ? Depth * Decay * funnel * x[i] / (2 * radius) : 0;
            gradient[i] = slope + 0.5 * Frequency * Math.Sin(Frequency * x[i]) * ripples;
        }
    }

    private static double Radius(ReadOnlySpan<double> x) => Math.Sqrt(0.5 * (x[0] * x[0] + x[1] * x[1]));

    private static double Funnel(double radius) => Math.Exp(-Decay * radius);

    private static double Ripples(ReadOnlySpan<double> x) => Math.Exp(0.5 * (Math.Cos(Frequency * x[0]) + Math.Cos(Frequency * x[1])));
}
