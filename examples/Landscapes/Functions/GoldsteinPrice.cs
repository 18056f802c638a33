namespace Landscapes.Functions;

/// <summary>
/// The logarithm of A. Goldstein's and J. Price's polynomial (Mathematics of Computation 25, 1971), whose values span six orders of
/// magnitude: four local minima.
/// </summary>
internal sealed class GoldsteinPrice : Landscape
{
    public override string Name => "Goldstein-Price";

    public override string Formula =>
        "ln([1 + (x + y + 1)²(19 − 14x + 3x² − 14y + 6xy + 3y²)]·[30 + (2x − 3y)²(18 − 32x + 12x² + 48y − 36xy + 27y²)])";

    public override IReadOnlyList<(double Low, double High)> Window => [(-2, 2), (-2.5, 1.5)];

    public override IReadOnlyList<double> Start => [-1.4, 0.9];

    public override IReadOnlyList<double> Minimum => [0, -1];

    public override double Value(ReadOnlySpan<double> x)
    {
        var (first, second) = (First(x[0], x[1]), Second(x[0], x[1]));
        return Math.Log(first.Value) + Math.Log(second.Value);
    }

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var (first, second) = (First(x[0], x[1]), Second(x[0], x[1]));
        gradient[0] = first.X / first.Value + second.X / second.Value;
        gradient[1] = first.Y / first.Value + second.Y / second.Value;
    }

    private static (double Value, double X, double Y) First(double x, double y)
    {
        var s = x + y + 1;
        var p = 19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y;
        var slope = 6 * x + 6 * y - 14;
        return (1 + s * s * p, 2 * s * p + s * s * slope, 2 * s * p + s * s * slope);
    }

    private static (double Value, double X, double Y) Second(double x, double y)
    {
        var s = 2 * x - 3 * y;
        var q = 18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y;
        var (qx, qy) = (24 * x - 36 * y - 32, 54 * y - 36 * x + 48);
        return (30 + s * s * q, 4 * s * q + s * s * qx, -6 * s * q + s * s * qy);
    }
}
