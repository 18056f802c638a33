namespace Landscapes.Functions;

/// <summary>A valley whose sides are κ times as steep as its floor, at an angle to the axes.</summary>
/// <param name="condition">κ.</param>
internal sealed class Quadratic(double condition) : Landscape
{
    private const double Angle = 0.5;

    private static readonly double Cos = Math.Cos(Angle), Sin = Math.Sin(Angle);

    public override string Name => FormattableString.Invariant($"Quadratic, κ = {condition}");

    public override string Formula => FormattableString.Invariant($"½(u² + {condition}v²), (u, v) = (x, y) turned by {Angle}");

    public override IReadOnlyList<(double Low, double High)> Window => [(-2.5, 2.5), (-1.75, 1.75)];

    public override IReadOnlyList<double> Start => [-2, 1.2];

    public override IReadOnlyList<double> Minimum => [0, 0];

    public override double Value(ReadOnlySpan<double> x)
    {
        var (u, v) = Turn(x);
        return 0.5 * (u * u + condition * v * v);
    }

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var (u, v) = Turn(x);
        gradient[0] = Cos * u - Sin * condition * v;
        gradient[1] = Sin * u + Cos * condition * v;
    }

    private static (double U, double V) Turn(ReadOnlySpan<double> x) => (Cos * x[0] + Sin * x[1], Cos * x[1] - Sin * x[0]);
}
