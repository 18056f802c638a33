using Landscapes.Functions;
using Landscapes.Optimizers;

namespace Landscapes.Runs;

/// <summary>What an optimizer made of a landscape.</summary>
/// <param name="Contender">The optimizer.</param>
/// <param name="Rate">The learning rate that suited it best.</param>
/// <param name="Trajectory">Its way from the landscape's start.</param>
/// <param name="Sharpness">The largest eigenvalue of the Hessian where that ended; NaN where it left the numbers.</param>
/// <param name="Found">The share of random starts from which it came to the global minimum.</param>
internal sealed record LandscapeResult(Contender Contender, double Rate, Trajectory Trajectory, double Sharpness, double Found);

/// <summary>Compares optimizers on a landscape of two variables.</summary>
/// <param name="landscape">The landscape.</param>
/// <param name="steps">Steps of each trajectory.</param>
/// <param name="starts">Random starts.</param>
internal sealed class LandscapeRun(Landscape landscape, int steps, IReadOnlyList<double[]> starts)
{
    // Nearer than this is there.
    private const double Reach = 0.1;

    /// <summary>The learning rates that an optimizer may choose from: three for each factor of ten.</summary>
    public static IReadOnlyList<double> Rates { get; } = [.. Enumerable.Range(-12, 13).Select(power => Math.Round(Math.Pow(10, power / 3.0), 6))];

    /// <summary>Lets an optimizer choose its learning rate, and follows it from all starts.</summary>
    public LandscapeResult Of(Contender contender)
    {
        var (rate, trajectory) = Rates
            .Select(rate => (Rate: rate, Trajectory: Follow(contender, rate, landscape.Start)))
            .MinBy(run => run.Trajectory.Value);
        var found = starts.Average(start => landscape.Distance(Follow(contender, rate, start).End) < Reach ? 1.0 : 0.0);
        var sharpness = double.IsFinite(trajectory.Value) ? Curvature.Sharpness(landscape, trajectory.End) : double.NaN;
        return new(contender, rate, trajectory, sharpness, found);
    }

    private Trajectory Follow(Contender contender, double rate, IReadOnlyList<double> start) =>
        Trajectory.Follow(contender, rate, landscape, start, steps);
}
