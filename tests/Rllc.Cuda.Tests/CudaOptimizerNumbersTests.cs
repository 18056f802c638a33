namespace Rllc.Cuda.Tests;

/// <summary>Plain kernels on the recording driver's memory, given what real ones are given, must come to the oracle's numbers.</summary>
public unsafe class CudaOptimizerNumbersTests
{
    private static readonly long[] Lengths = [5000, 0, 17, 1, 4096];

    [SkippableTheory]
    [InlineData("M(0.9) ⊕ M(0)", LawTiming.Exact)]
    [InlineData("M(0.9) ⊕ M(0)", LawTiming.Delayed)]
    [InlineData("M2(0.6) ⊕ CM(0.3+0.2i)", LawTiming.Exact)]
    [InlineData("M(0.5)", LawTiming.Delayed)]
    public void Steps_change_parameters_memory_and_law_as_the_oracle_s_do(string spec, LawTiming timing)
    {
        var options = new OptimizerOptions { Timing = timing, SkipNonFinite = false, WeightDecay = 0.1, InitialLaw = InitialLaw(spec) };
        using var driver = new FakeDriver();
        using var model = new Model(spec, options, Lengths);
        driver.OnLaunch(new HostKernels(model.Optimizer.LinearMemory, options).Run);
        var oracle = new DynamicOptimizer<float>(model.Optimizer.LinearMemory, (int)Lengths.Sum(), options);
        var random = new Random(7);
        var θ = Numbers(random);
        Put(θ, model.Parameters);
        for (var step = 0; step < 12; step++)
        {
            var g = Numbers(random);
            Put(g, model.Gradient);
            if (step == 5)
                (model.Optimizer.LearningRate, oracle.LearningRate) = (0.1, 0.1);
            model.Step();
            var expected = oracle.Step(θ, g);

            var report = model.Optimizer.ReadReport(Model.Stream);
            Assert.True(report.Applied);
            Assert.Equal(1, report.ClipFactor);
            AssertClose(expected.GradientNorm, report.GradientNorm);
            AssertClose(expected.Law.ToArray(), report.Law.ToArray());
            AssertClose(expected.Law.ToArray(), model.Optimizer.ReadLaw(Model.Stream));
            AssertClose(oracle.Gram.ToRowMajor(), model.Optimizer.ReadGram(Model.Stream).ToRowMajor());
            Assert.Equal((step + 1, 0), (model.Optimizer.ReadStepCount(Model.Stream), model.Optimizer.ReadSkippedCount(Model.Stream)));
            AssertClose(θ, Take(model.Parameters));
            var unit = new float[θ.Length];
            for (var i = 0; i < model.Optimizer.LinearMemory.UnitCount; i++)
            {
                model.Optimizer.CopyUnit(i, unit, Model.Stream);
                AssertClose(oracle.Unit(i), unit);
            }
        }
    }

    [SkippableFact]
    public void Steps_with_a_fixed_law_are_the_oracle_s()
    {
        var options = new OptimizerOptions { FixedLaw = [0.9, 1], LawLearningRate = 0, SkipNonFinite = false, WeightDecay = 0.1 };
        using var driver = new FakeDriver();
        using var model = new Model("M(0.9) ⊕ M(0)", options, Lengths);
        driver.OnLaunch(new HostKernels(model.Optimizer.LinearMemory, options).Run);
        var oracle = new DynamicOptimizer<float>(model.Optimizer.LinearMemory, (int)Lengths.Sum(), options);
        var random = new Random(7);
        var θ = Numbers(random);
        Put(θ, model.Parameters);
        for (var step = 0; step < 6; step++)
        {
            var g = Numbers(random);
            Put(g, model.Gradient);
            model.Step();
            oracle.Step(θ, g);

            var report = model.Optimizer.ReadReport(Model.Stream);
            Assert.True(report.Applied);
            Assert.Equal(double.NaN, report.GradientNorm);
            Assert.Equal([0.9, 1], report.Law.ToArray());
            Assert.Equal((step + 1, 0), (model.Optimizer.ReadStepCount(Model.Stream), model.Optimizer.ReadSkippedCount(Model.Stream)));
            AssertClose(θ, Take(model.Parameters));
        }
    }

    [SkippableFact]
    public void A_tensor_without_a_gradient_stays_as_it_is_and_the_law_s_correction_is_that_of_the_others()
    {
        var options = new OptimizerOptions();
        using var driver = new FakeDriver();
        using var both = new Model("M(0.9) ⊕ M(0)", options, 30, 5000);
        using var alone = new Model("M(0.9) ⊕ M(0)", options, 5000);
        driver.OnLaunch(new HostKernels(both.Optimizer.LinearMemory, options).Run);
        var random = new Random(3);
        foreach (var model in new[] { both, alone })
            model.Parameters(model.Tensors.Length - 1).Fill(1);
        both.Parameters(0).Fill(2);
        both.Tensors[0] = both.Tensors[0] with { Gradient = 0 };
        for (var step = 0; step < 5; step++)
        {
            foreach (ref var g in both.Gradient(1))
                g = random.NextSingle() - 0.5f;
            both.Gradient(1).CopyTo(alone.Gradient(0));
            both.Step();
            alone.Step();
            both.Synchronize();
            Assert.Equal(alone.Parameters(0), both.Parameters(1));
            AssertClose(alone.Optimizer.ReadLaw(Model.Stream), both.Optimizer.ReadLaw(Model.Stream));
        }
        Assert.All(both.Parameters(0).ToArray(), θ => Assert.Equal(2, θ));
        var unit = new float[30];
        both.Optimizer.CopyUnit(0, 0, unit, Model.Stream);
        Assert.Equal(new float[30], unit);
        // The law has seen nothing of that tensor in G: it begins afresh with the next step of all.
        Assert.Equal(1, both.Optimizer.ReadState(Model.Stream).Counters.GramRequested);
    }

    // Other than the first unit vector, so that every unit moves the parameters from the first step on.
    private static double[] InitialLaw(string spec) => [.. Enumerable.Range(1, LinearMemory.Parse(spec).UnitCount).Select(i => 1.0 / i)];

    private static float[] Numbers(Random random) => [.. Enumerable.Range(0, (int)Lengths.Sum()).Select(_ => random.NextSingle() - 0.5f)];

    private delegate Span<float> Tensor(int index);

    private static void Put(ReadOnlySpan<float> values, Tensor tensor)
    {
        for (var i = 0; i < Lengths.Length; i++)
        {
            values[..(int)Lengths[i]].CopyTo(tensor(i));
            values = values[(int)Lengths[i]..];
        }
    }

    private static float[] Take(Tensor tensor)
    {
        var values = new List<float>();
        for (var i = 0; i < Lengths.Length; i++)
            values.AddRange(tensor(i));
        return [.. values];
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * (1 + Math.Abs(expected)));

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5 * (1 + expected.Max(Math.Abs)));
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
