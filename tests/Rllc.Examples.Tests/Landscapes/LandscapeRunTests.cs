using Landscapes.Functions;
using Landscapes.Optimizers;
using Landscapes.Runs;

namespace Rllc.Examples.Tests.Landscapes;

public sealed class LandscapeRunTests
{
    // θ ← θ − rate·g, and no optimizer at all.
    private static readonly Contender Descent = new("descent", "", (_, rate) => new DescentTrial(rate));

    [Fact]
    public void A_trajectory_has_the_start_and_every_step()
    {
        var trajectory = Trajectory.Follow(Descent, 0.01, new Quadratic(50), [1, 0], 3);
        Assert.Equal(4, trajectory.Points.Count);
        Assert.Equal([1, 0], trajectory.Points[0]);
        Assert.Equal(new Quadratic(50).Value(trajectory.End), trajectory.Value);
        Assert.True(trajectory.Value < new Quadratic(50).Value([1, 0]));
    }

    [Fact]
    public void A_trajectory_that_leaves_the_numbers_ends_where_it_was_last()
    {
        var trajectory = Trajectory.Follow(Descent, 10, new Rosenbrock(), [-1.2, 1], 400);
        Assert.Equal(double.PositiveInfinity, trajectory.Value);
        Assert.All(trajectory.Points, point => Assert.All(point, x => Assert.True(double.IsFinite(x))));
        Assert.InRange(trajectory.Points.Count, 2, 399);
    }

    [Fact]
    public void An_optimizer_chooses_the_rate_that_leads_lowest()
    {
        var landscape = new Quadratic(50);
        var starts = Starts.Draw(landscape, 20, seed: 1);
        var result = new LandscapeRun(landscape, 100, starts).Of(Descent);
        // The best is 2/51; the next choice above diverges.
        Assert.Equal(0.021544, result.Rate);
        Assert.All(LandscapeRun.Rates, rate =>
            Assert.True(Trajectory.Follow(Descent, rate, landscape, landscape.Start, 100).Value >= result.Trajectory.Value));
        Assert.Equal(50, result.Sharpness, 1e-6);
        var found = starts.Count(start => landscape.Distance(Trajectory.Follow(Descent, result.Rate, landscape, start, 100).End) < 0.1);
        Assert.InRange(found, 1, 19);
        Assert.Equal(found / 20.0, result.Found);
    }

    [Fact]
    public void Starts_follow_from_the_seed_and_are_in_the_window()
    {
        var starts = Starts.Draw(new Rosenbrock(), 100, seed: 3);
        Assert.Equal(starts, Starts.Draw(new Rosenbrock(), 100, seed: 3));
        Assert.NotEqual(starts, Starts.Draw(new Rosenbrock(), 100, seed: 4));
        Assert.All(starts, start => Assert.True(start[0] is >= -2 and <= 2 && start[1] is >= -1 and <= 3));
    }

    [Fact]
    public void Small_steps_stay_in_every_well_and_large_ones_pass_a_narrow_one()
    {
        var small = new EscapeRun(0.05, steps: 400, starts: 10, seed: 1).Of(Descent);
        Assert.All(small.Where(ratio => ratio.Sharpness <= 32), ratio => Assert.Equal(0, ratio.Escaped));
        // A step down the slope is 0.025 then, wider than a well of 1/64.
        Assert.Equal(1, small[^1].Escaped);
    }

    [Fact]
    public void Every_contender_comes_down_the_quadratic()
    {
        var landscape = new Quadratic(50);
        var run = new LandscapeRun(landscape, 400, Starts.Draw(landscape, 3, seed: 1));
        Assert.All(Contenders.All, contender => Assert.InRange(run.Of(contender).Trajectory.Value, 0, 1e-2));
        Assert.Equal(Contenders.All.Count, Contenders.All.Select(contender => contender.Name).Distinct().Count());
    }

    private sealed class DescentTrial(double rate) : ITrial
    {
        public void Step(float[] parameters, GradientAt gradientAt)
        {
            var gradient = new float[parameters.Length];
            gradientAt(parameters, gradient);
            for (var i = 0; i < parameters.Length; i++)
                parameters[i] -= (float)rate * gradient[i];
        }

        public void Dispose()
        {
        }
    }
}
