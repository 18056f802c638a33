namespace Rllc.Runtime.Tests.Cpu;

/// <summary>Tensors without a gradient in a step.</summary>
public class MissingGradientTests
{
    private static readonly long[] Lengths = [4100, 17, 300];

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void They_and_their_memory_stay_as_they_are(MemoryFormat format, LawTiming timing)
    {
        using var run = Run.OfTensors(Lengths, Formats.Options(format, timing) with { WeightDecay = 0.5, Maximize = true }).TensorSteps(0, 3);
        foreach (var missing in new[] { 0, 1, 2 })
        {
            var before = Parts(run);
            run.TensorSteps(3 + missing, 1, (_, tensor) => tensor != missing);
            var after = Parts(run);
            for (var tensor = 0; tensor < Lengths.Length; tensor++)
                Assert.True((tensor == missing) == before[tensor].SequenceEqual(after[tensor]), $"tensor {tensor} without a gradient in {missing}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void Where_one_never_has_a_gradient_all_else_is_as_without_it(MemoryFormat format, LawTiming timing)
    {
        var options = Formats.Options(format, timing);
        using var run = Run.OfTensors(Lengths, options).TensorSteps(0, 20, (_, tensor) => tensor != 2);
        using var others = Run.OfTensors(Lengths[..2], options);
        for (var step = 0; step < 20; step++)
            others.Optimizer.Step(others.Tensors(others.Parameters), [.. run.Tensors(Run.Gradient(run.Parameters.Length, step))[..2]]);
        // G comes from the memory in one and, in float32, from a recurrence in the other; in narrow formats from the memory in both.
        var tolerance = format == MemoryFormat.Float32 ? 1e-5 : 0;
        Assert.All(run.Parameters[..others.Parameters.Length].Zip(others.Parameters), pair => Assert.Equal(pair.Second, pair.First, tolerance));
        Assert.All(run.Optimizer.LawCoefficients.ToArray().Zip(others.Optimizer.LawCoefficients.ToArray()), pair => Assert.Equal(pair.Second, pair.First, tolerance));
        Assert.All(run.Optimizer.Gram.ToRowMajor().Zip(others.Optimizer.Gram.ToRowMajor()), pair => Assert.Equal(1, pair.First / pair.Second, tolerance));
        Assert.Equal(Run.Numbers(run.Parameters.Length, seed: 1)[^300..], run.Parameters[^300..]);
    }

    [Theory]
    [InlineData(Relaxation.Invariant)]
    [InlineData(Relaxation.Absolute)]
    public void The_correction_is_that_of_the_tensors_with_gradients(Relaxation relaxation)
    {
        // All have memory; one has no gradient: δ from c and G of the others alone.
        var options = Formats.Options(MemoryFormat.Float32, LawTiming.Exact) with { Relaxation = relaxation };
        using var run = Run.OfTensors(Lengths, options).TensorSteps(0, 10);
        var law = run.Optimizer.LawCoefficients.ToArray();
        var others = (int)Lengths[0];
        float[][] M = [run.Unit(0)[..others], run.Unit(1)[..others]];
        var g = Run.Gradient(run.Parameters.Length, step: 10)[..others];
        run.TensorSteps(10, 1, (_, tensor) => tensor == 0);

        double[] G = [Dot(M[0], M[0]), Dot(M[0], M[1]), Dot(M[1], M[0]), Dot(M[1], M[1])];
        var correction = new double[2];
        new RelaxedInverse(relaxation, options.Epsilon, run.Optimizer.LinearMemory.S).Apply(G, [Dot(M[0], g), Dot(M[1], g)], correction);
        for (var unit = 0; unit < 2; unit++)
            Assert.Equal(law[unit] + options.LawLearningRate * correction[unit], run.Optimizer.LawCoefficients[unit], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void The_step_after_counts_the_memory_of_all_again(MemoryFormat format, LawTiming timing)
    {
        using var run = Run.OfTensors(Lengths, Formats.Options(format, timing)).TensorSteps(0, 6).TensorSteps(6, 3, (step, tensor) => tensor == step % 3);
        float[][] old = [run.Unit(0), run.Unit(1)];
        var g = Run.Gradient(run.Parameters.Length, step: 9);
        run.TensorSteps(9, 1);
        double[][] @new = [[.. old[0].Zip(g, (m, x) => (double)0.9f * m + x)], [.. g.Select(x => (double)x)]];
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
                Assert.Equal(1, run.Optimizer.Gram[i, j] / @new[i].Zip(@new[j], (x, y) => x * y).Sum(), 1e-5);
    }

    [Fact]
    public void The_norm_is_that_of_the_gradients_there_are()
    {
        using var run = Run.OfTensors([2, 3, 1], new() { MaxGradientNorm = 1 });
        var report = run.Optimizer.Step(run.Tensors(run.Parameters), [new float[] { 3, 4 }, default, default]);
        Assert.Equal(5, report.GradientNorm, 1e-6);
        Assert.Equal(0.2, report.ClipFactor, 1e-6);
        Assert.Equal([0.6f, 0.8f, 0, 0, 0, 0], run.Unit(1).Select(x => MathF.Round(x, 5)));
    }

    [Theory]
    [MemberData(nameof(Formats.AndTimings), MemberType = typeof(Formats))]
    public void Without_any_gradient_a_step_changes_no_parameter_and_no_memory(MemoryFormat format, LawTiming timing)
    {
        using var run = Run.OfTensors(Lengths, Formats.Options(format, timing) with { WeightDecay = 0.1 }).TensorSteps(0, 3);
        var before = Parts(run);
        var law = run.Optimizer.LawCoefficients.ToArray();
        var report = run.Optimizer.Step(run.Tensors(run.Parameters), new ReadOnlyMemory<float>[3]);
        Assert.True(report.Applied);
        Assert.Equal(0, report.GradientNorm);
        Assert.Equal(4, run.Optimizer.StepCount);
        Assert.Equal(before, Parts(run));
        // Delayed timing still applies what the step before has found.
        if (timing == LawTiming.Exact)
            Assert.Equal(law, run.Optimizer.LawCoefficients);
        run.TensorSteps(4, 1);
        Assert.All(run.Parameters, parameter => Assert.True(float.IsFinite(parameter)));
        Assert.All(before.Zip(Parts(run)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void A_skipped_step_without_some_gradients_leaves_no_trace()
    {
        // Also none in what the next step does with G: across a refresh, and beside one.
        foreach (var steps in new[] { 5, 256 })
        {
            using var expected = Run.OfTensors([40, 30]).TensorSteps(0, steps + 2);
            using var run = Run.OfTensors([40, 30]).TensorSteps(0, steps);
            var before = run.State();
            var nan = new float[40];
            nan[7] = float.NaN;
            Assert.False(run.Optimizer.Step(run.Tensors(run.Parameters), [nan, default]).Applied);
            Array.Fill(nan, 1e15f);
            Assert.False(run.Optimizer.Step(run.Tensors(run.Parameters), [nan, default]).Applied);
            Assert.Equal(before, run.State());
            run.TensorSteps(steps, 2);
            Assert.Equal(expected.State(), run.State());
        }
    }

    [Fact]
    public void A_gradient_that_is_not_finite_but_not_there_does_no_harm()
    {
        using var run = Run.OfTensors([40, 30], new() { SkipNonFinite = false });
        run.Parameters[50] = float.NaN;
        run.Optimizer.Step(run.Tensors(run.Parameters), [Run.Numbers(40, seed: 2), default]);
        Assert.All(run.Parameters[..40], parameter => Assert.True(float.IsFinite(parameter)));
        Assert.All(run.Optimizer.Gram.ToRowMajor(), entry => Assert.True(double.IsFinite(entry)));
    }

    /// <summary>Parameters and memory, tensor by tensor.</summary>
    private static float[][] Parts(Run run) => [.. Enumerable.Range(0, Lengths.Length).Select(float[] (tensor) =>
        [.. run.Tensors(run.Parameters)[tensor].Span, .. run.Tensors(run.Unit(0))[tensor].Span, .. run.Tensors(run.Unit(1))[tensor].Span])];

    private static double Dot(float[] x, float[] y) => x.Zip(y, (a, b) => (double)a * b).Sum();
}
