using Landscapes.Functions;
using Landscapes.Optimizers;

namespace Landscapes.Runs;

/// <summary>The way of an optimizer over a landscape.</summary>
/// <param name="Points">Where it was, the start first; no further once a number is not finite.</param>
/// <param name="Value">The value at its end; infinite where it left the numbers.</param>
internal sealed record Trajectory(IReadOnlyList<double[]> Points, double Value)
{
    /// <summary>Where it ended.</summary>
    public double[] End => Points[^1];

    /// <summary>Follows an optimizer.</summary>
    /// <param name="contender">The optimizer.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <param name="landscape">The landscape.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="steps">How many steps it takes.</param>
    public static Trajectory Follow(Contender contender, double rate, Landscape landscape, IReadOnlyList<double> start, int steps)
    {
        var θ = start.Select(x => (float)x).ToArray();
        var points = new List<double[]> { ToDouble(θ) };
        using var trial = contender.Start(θ.Length, rate);
        var gradient = new double[θ.Length];
        for (var step = 0; step < steps; step++)
        {
            trial.Step(θ, GradientAt);
            if (!θ.All(float.IsFinite))
                return new(points, double.PositiveInfinity);
            points.Add(ToDouble(θ));
        }

        var value = landscape.Value(points[^1]);
        return new(points, double.IsFinite(value) ? value : double.PositiveInfinity);

        void GradientAt(ReadOnlySpan<float> parameters, Span<float> result)
        {
            landscape.Gradient(ToDouble(parameters), gradient);
            for (var i = 0; i < result.Length; i++)
                result[i] = (float)gradient[i];
        }
    }

    private static double[] ToDouble(ReadOnlySpan<float> θ)
    {
        var point = new double[θ.Length];
        for (var i = 0; i < point.Length; i++)
            point[i] = θ[i];
        return point;
    }
}
