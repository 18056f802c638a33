namespace Landscapes.Functions;

/// <summary>
/// A wide bowl with a well on its slope: the well is as deep whatever its sharpness, and the narrower the sharper. Coming down the
/// slope, an optimizer either stays in it or goes on to the flat minimum.
/// </summary>
/// <param name="sharpness">The curvature that the well adds at its middle, at least 1.</param>
internal sealed class SharpWell(double sharpness) : Landscape
{
    private const double Curvature = 0.05, Bottom = 6;

    /// <summary>The curvature that the well adds at its middle.</summary>
    public double Sharpness => sharpness;

    /// <summary>Beyond this point the well is passed.</summary>
    public double Edge => 3 / Math.Sqrt(sharpness);

    public override string Name => FormattableString.Invariant($"Well of sharpness {sharpness}");

    public override string Formula => "½·0.05·(x − 6)² − exp(−½sx²)";

    public override IReadOnlyList<(double Low, double High)> Window => [(-4, -3)];

    public override IReadOnlyList<double> Start => [-3.5];

    public override IReadOnlyList<double> Minimum => [Bottom];

    public override double Value(ReadOnlySpan<double> x) => 0.5 * Curvature * (x[0] - Bottom) * (x[0] - Bottom) - Well(x[0]);

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient) =>
        gradient[0] = Curvature * (x[0] - Bottom) + sharpness * x[0] * Well(x[0]);

    private double Well(double x) => Math.Exp(-0.5 * sharpness * x * x);
}
