namespace Rllc.Tests;

/// <summary>Textbook optimizers are memories with a fixed law.</summary>
public class KnownOptimizersTests
{
    private const int Parameters = 25, Steps = 200;
    private const double Rate = 0.1, Beta = 0.9;

    [Fact]
    public void One_unit_of_zero_is_gradient_descent() =>
        AssertSame("M(0)", [1], (theta, _, g) => theta - Rate * g, (_, _) => 0);

    [Fact]
    public void One_unit_is_momentum() =>
        AssertSame("M(0.9)", [1], (theta, m, _) => theta - Rate * m, (m, g) => Beta * m + g);

    [Fact]
    public void A_unit_and_the_last_gradient_are_Nesterovs_method() =>
        AssertSame("M(0.9) ⊕ M(0)", [Beta, 1], (theta, m, g) => theta - Rate * (g + Beta * m), (m, g) => Beta * m + g);

    [Fact]
    public void Quasi_hyperbolic_momentum_weighs_the_two()
    {
        const double nu = 0.7;
        AssertSame(
            "M(0.9) ⊕ M(0)", [nu * (1 - Beta), 1 - nu],
            (theta, average, g) => theta - Rate * ((1 - nu) * g + nu * average), (average, g) => Beta * average + (1 - Beta) * g);
    }

    [Fact]
    public void Aggregated_momentum_is_the_mean_of_several()
    {
        double[] betas = [0, 0.9, 0.99];
        var buffers = new double[betas.Length, Parameters];
        AssertSameTrajectory("M(0) ⊕ M(0.9) ⊕ M(0.99)", [1.0 / 3, 1.0 / 3, 1.0 / 3], (theta, g) =>
        {
            for (var p = 0; p < theta.Length; p++)
            for (var i = 0; i < betas.Length; i++)
            {
                buffers[i, p] = betas[i] * buffers[i, p] + g[p];
                theta[p] -= Rate / betas.Length * buffers[i, p];
            }
        });
    }

    /// <summary>An optimizer with one buffer m, updated first: m ← buffer(m, g), θ ← step(θ, m, g).</summary>
    private static void AssertSame(
        string spec, double[] law, Func<double, double, double, double> step, Func<double, double, double> buffer)
    {
        var m = new double[Parameters];
        AssertSameTrajectory(spec, law, (theta, g) =>
        {
            for (var p = 0; p < theta.Length; p++)
            {
                m[p] = buffer(m[p], g[p]);
                theta[p] = step(theta[p], m[p], g[p]);
            }
        });
    }

    private static void AssertSameTrajectory(string spec, double[] law, Action<double[], double[]> textbookStep)
    {
        OptimizerOptions options = new() { LearningRate = Rate, LawLearningRate = 0, InitialLaw = law };
        var optimizer = new DynamicOptimizer<double>(LinearMemory.Parse(spec), Parameters, options);
        var single = new DynamicOptimizer<float>(LinearMemory.Parse(spec), Parameters, options);
        var expected = RandomData.Normal(Parameters, seed: 1);
        var theta = expected.ToArray();
        var thetaSingle = Array.ConvertAll(expected, value => (float)value);
        for (var step = 0; step < Steps; step++)
        {
            textbookStep(expected, Gradient(expected));
            optimizer.Step(theta, Gradient(theta));
            single.Step(thetaSingle, [.. Gradient([.. thetaSingle.Select(value => (double)value)]).Select(value => (float)value)]);

            var norm = Dense.Of(expected).L2Norm();
            Assert.True((Dense.Of(expected) - Dense.Of(theta)).L2Norm() < 1e-12 * norm);
            Assert.True((Dense.Of(expected) - Dense.Of([.. thetaSingle.Select(value => (double)value)])).L2Norm() < 1e-6 * norm);
        }
    }

    /// <summary>Of ½Σhₚ(θₚ − 1)², whose minimum is far from 0.</summary>
    private static double[] Gradient(double[] theta) => [.. theta.Select((value, p) => (0.1 + 0.9 * p / Parameters) * (value - 1))];
}
