using Landscapes.Functions;

namespace Rllc.Examples.Tests.Landscapes;

public sealed class LandscapeTests
{
    private static readonly Landscape[] All = [new Quadratic(50), new Rosenbrock(), new Ackley(), new GoldsteinPrice(), new SharpWell(16)];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void The_gradient_is_the_slope_of_the_value(int index)
    {
        const double Difference = 1e-6;
        var (landscape, random) = (All[index], new Random(index));
        for (var trial = 0; trial < 50; trial++)
        {
            var point = landscape.Window.Select(range => range.Low + (range.High - range.Low) * random.NextDouble()).ToArray();
            var gradient = new double[point.Length];
            landscape.Gradient(point, gradient);
            for (var i = 0; i < point.Length; i++)
            {
                var (before, after) = ((double[])point.Clone(), (double[])point.Clone());
                before[i] -= Difference;
                after[i] += Difference;
                var slope = (landscape.Value(after) - landscape.Value(before)) / (2 * Difference);
                Assert.Equal(slope, gradient[i], 1e-5 * (1 + Math.Abs(slope)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void No_point_of_the_window_is_below_the_minimum(int index)
    {
        var (landscape, random) = (All[index], new Random(index));
        var least = landscape.Value([.. landscape.Minimum]);
        for (var trial = 0; trial < 1000; trial++)
            Assert.True(landscape.Value([.. landscape.Window.Select(range => range.Low + (range.High - range.Low) * random.NextDouble())]) >= least - 1e-12);
    }

    [Fact]
    public void Minima_have_the_values_that_the_literature_gives()
    {
        Assert.Equal(0, new Rosenbrock().Value([1, 1]));
        Assert.Equal(0, new Ackley().Value([0, 0]), 1e-12);
        Assert.Equal(Math.Log(3), new GoldsteinPrice().Value([0, -1]), 1e-12);
        // Its other local minima.
        Assert.Equal(Math.Log(30), new GoldsteinPrice().Value([-0.6, -0.4]), 1e-9);
        Assert.Equal(Math.Log(84), new GoldsteinPrice().Value([1.8, 0.2]), 1e-9);
    }

    [Fact]
    public void Sharpness_is_the_largest_eigenvalue_of_the_Hessian()
    {
        Assert.Equal(50, Curvature.Sharpness(new Quadratic(50), [0.3, -0.7]), 1e-6);
        // [[802, −400], [−400, 200]]
        Assert.Equal(501 + Math.Sqrt(301 * 301 + 400 * 400), Curvature.Sharpness(new Rosenbrock(), [1, 1]), 1e-3);
        Assert.Equal(16.05, Curvature.Sharpness(new SharpWell(16), [0]), 1e-5);
    }

    [Fact]
    public void A_well_is_as_deep_whatever_its_sharpness()
    {
        foreach (var sharpness in new[] { 1.0, 64, 4096 })
        {
            Assert.Equal(0.9 - 1, new SharpWell(sharpness).Value([0]), 1e-12);
            Assert.Equal(0, new SharpWell(sharpness).Value([6]), 1e-7);
        }
    }
}
