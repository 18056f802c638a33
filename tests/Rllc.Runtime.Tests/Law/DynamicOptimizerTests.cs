using FsCheck;
using FsCheck.Fluent;

namespace Rllc.Tests;

public class DynamicOptimizerTests
{
    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void The_defaults_agree_with_the_formulas(string spec) => AssertAgrees(LinearMemory.Parse(spec), new() { Epsilon = 1e-3 }, seed: 1);

    [Fact]
    public void Every_combination_of_options_agrees_with_the_formulas()
    {
        var specs = Gen.Elements("M(0.9) ⊕ M(0)", "M2(0.6)", "M(0.9) ⊕ M2(0.6)", "CM(0.3+0.2i)", "M(-0.5)");
        var options =
            from relaxation in Gen.Elements(Relaxation.Invariant, Relaxation.Trace, Relaxation.Absolute)
            from delayed in Gen.Elements(true, false)
            from interval in Gen.Choose(1, 4)
            from hold in Gen.Choose(0, 6)
            from decay in Gen.Elements(0, 0.1)
            from maximize in Gen.Elements(true, false)
            from lossScale in Gen.Elements(1.0, 1024, 0.125)
            from norm in Gen.Elements(double.PositiveInfinity, 0.5, 2)
            select new OptimizerOptions
            {
                Relaxation = relaxation, Epsilon = 1e-3, Timing = delayed ? LawTiming.Delayed : LawTiming.Exact, LawInterval = interval,
                HoldCorrections = hold, WeightDecay = decay, Maximize = maximize, LossScale = lossScale, LawLearningRate = 0.05,
                SkipNonFinite = !delayed, MaxGradientNorm = delayed ? double.PositiveInfinity : norm,
            };
        var cases = from spec in specs from option in options from seed in Gen.Choose(0, 1000) select (spec, option, seed);
        Prop.ForAll(cases.ToArbitrary(), x => AssertAgrees(LinearMemory.Parse(x.spec), x.option, x.seed)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_memory_agrees_with_the_formulas()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var size = 1 + seed % 5;
            var B = SquareMatrix.FromRowMajor(size, RandomData.Normal(size * size, seed));
            var stable = new LinearMemory(0.8 / Stationary.SpectralRadius(B) * B, [.. RandomData.Normal(size, seed + 100)]);
            AssertAgrees(stable, new() { Epsilon = 1e-3 }, seed);
        }
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) ⊕ M2(0.6) ⊕ CM(0.3+0.2i)")]
    public void Float32_storage_stays_close_to_float64(string spec)
    {
        const int n = 33;
        var (single, exact) = (new DynamicOptimizer<float>(LinearMemory.Parse(spec), n), new DynamicOptimizer<double>(LinearMemory.Parse(spec), n));
        var theta = RandomData.Normal(n, seed: 1);
        var thetaSingle = Array.ConvertAll(theta, value => (float)value);
        for (var step = 0; step < 300; step++)
        {
            var gradient = Array.ConvertAll(RandomData.Normal(n, seed: 2 + step), value => (float)value);
            single.Step(thetaSingle, gradient);
            exact.Step(theta, Array.ConvertAll(gradient, value => (double)value));
        }

        Assert.True((Dense.Of(theta) - Dense.Of(Array.ConvertAll(thetaSingle, value => (double)value))).L2Norm() < 1e-4 * Dense.Of(theta).L2Norm());
        Assert.Equal(300, single.StepCount);
    }

    [Fact]
    public void Float32_rounds_the_coefficients_too()
    {
        var optimizer = new DynamicOptimizer<float>(LinearMemory.Parse("M(0.9)"), 1);
        var theta = new float[1];
        optimizer.Step(theta, [1]);
        optimizer.Step(theta, [0]);
        Assert.Equal(0.9f, optimizer.Unit(0)[0]);
        Assert.Equal((double)0.9f * 0.9f, optimizer.Gram[0, 0]);
    }

    [Fact]
    public void The_first_step_leaves_the_law_alone()
    {
        foreach (var relaxation in Enum.GetValues<Relaxation>())
        {
            var optimizer = new DynamicOptimizer<double>(LinearMemory.Parse("M(0.9) ⊕ M(0)"), 3, new() { Relaxation = relaxation });
            var report = optimizer.Step(new double[3], [1, 2, 3]);
            Assert.Equal([1.0, 0], report.Law.ToArray());
            Assert.True(report.Applied);
            Assert.Equal(Math.Sqrt(14), report.GradientNorm, 1e-15);
        }
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0.8) ⊕ M(0.7)")]
    [InlineData("M(0.9) ⊕ M(-0.9) ⊕ CM(0.9i)")]
    [InlineData("M4(0)")]
    public void While_the_memory_has_fewer_gradients_than_units_the_law_follows_the_pseudo_inverse(string spec)
    {
        // L ← L + c₂·M⁺g, with M of rank t − 1 < k.
        const int n = 12;
        var memory = LinearMemory.Parse(spec);
        var optimizer = new DynamicOptimizer<double>(memory, n, new() { Relaxation = Relaxation.PseudoInverse, Epsilon = 1e-9, LawLearningRate = 1 });
        var (theta, expected) = (new double[n], Dense.Of(optimizer.LawCoefficients.ToArray()));
        for (var step = 0; step < memory.UnitCount; step++)
        {
            var gradient = RandomData.Normal(n, seed: step);
            if (step > 0)
            {
                var M = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, memory.UnitCount, (row, unit) => optimizer.Unit(unit)[row]);
                expected += M.PseudoInverse() * Dense.Of(gradient);
            }

            optimizer.Step(theta, gradient);
            Assert.True((expected - Dense.Of(optimizer.LawCoefficients.ToArray())).L2Norm() < 1e-6 * expected.L2Norm());
        }
    }

    [Theory]
    [InlineData(Relaxation.Invariant)]
    [InlineData(Relaxation.Trace)]
    [InlineData(Relaxation.PseudoInverse)]
    public void The_law_does_not_depend_on_the_scale_of_the_gradient(Relaxation relaxation)
    {
        double[] LawAt(double scale)
        {
            var optimizer = new DynamicOptimizer<double>(LinearMemory.Parse("M(0.9) ⊕ M2(0.6)"), 20, new() { Relaxation = relaxation });
            var theta = new double[20];
            for (var step = 0; step < 30; step++)
                optimizer.Step(theta, Array.ConvertAll(RandomData.Normal(20, seed: step), value => scale * value));
            return optimizer.LawCoefficients.ToArray();
        }

        var expected = LawAt(1);
        foreach (var scale in (double[])[1e-30, 1e-6, 1e6, 1e30])
            Assert.All(expected.Zip(LawAt(scale)), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    [Fact]
    public void No_parameters_are_fine()
    {
        var optimizer = new DynamicOptimizer<float>(LinearMemory.Parse("M(0.9) ⊕ M(0)"), 0);
        Assert.True(optimizer.Step([], []).Applied);
        Assert.Equal([1.0, 0], optimizer.LawCoefficients.ToArray());
    }

    private static void AssertAgrees(LinearMemory memory, OptimizerOptions options, int seed)
    {
        const int n = 17;
        var random = new Random(seed);
        var optimizer = new DynamicOptimizer<double>(memory, n, options);
        var formulas = new DirectFormulas(memory, n, options);
        var theta = RandomData.Normal(n, random);
        var expected = Dense.Of(theta);
        for (var step = 0; step < 20; step++)
        {
            var gradient = Array.ConvertAll(RandomData.Normal(n, random), value => options.LossScale * value);
            expected = formulas.Step(expected, Dense.Of(gradient));
            optimizer.Step(theta, gradient);
        }

        var difference = (expected - Dense.Of(theta)).L2Norm() / expected.L2Norm();
        Assert.True(difference <= 1e-12, $"{options} is off by {difference}");
        Assert.True((formulas.L - Dense.Of(optimizer.LawCoefficients.ToArray())).L2Norm() <= 1e-9 * formulas.L.L2Norm());
    }
}
