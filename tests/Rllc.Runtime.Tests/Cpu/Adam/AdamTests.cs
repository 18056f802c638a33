namespace Rllc.Runtime.Tests.Cpu.Adam;

/// <summary>What a step of Adam and AdamW computes.</summary>
public sealed class AdamTests
{
    private static readonly long[] Lengths = [1, 15, 16, 17, Partition.ChunkLength + 5, 0, 40];

    public static TheoryData<bool, double, bool> Cases => new()
    {
        { false, 0, false },
        { false, 0.1, true },
        { true, 0, true },
        { true, 0.1, false },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Steps_are_those_of_the_formulas_in_float64(bool isDecoupled, double decay, bool maximize)
    {
        var formula = AdamByHand.Adam with { IsDecoupled = isDecoupled };
        using var run = AdamRun.Of(formula, Lengths, new() { LearningRate = 0.01, WeightDecay = decay, Maximize = maximize, LossScale = 8 });
        var references = References(formula, run);
        for (var step = 0; step < 150; step++)
        {
            run.Steps(step, 1);
            foreach (var (gradient, reference) in run.Tensors(Run.Gradient(run.Parameters.Length, step)).Zip(references))
                reference.Step(Scaled(gradient, (maximize ? -1 : 1) / 8.0), 0.01, decay);
        }

        AssertAgrees(run, references);
        Assert.Equal(150, run.Optimizer.StepCount);
    }

    [Fact]
    public void The_first_step_is_the_learning_rate_against_the_sign_of_the_gradient()
    {
        using var optimizer = new AdamByHand(AdamByHand.Adam, [3], new() { LearningRate = 0.5 });
        float[] parameters = [1, 1, 1];
        optimizer.Step(parameters, [1e-3f, -1e3f, 0]);

        Assert.Equal(0.5, parameters[0], 1e-5);
        Assert.Equal(1.5, parameters[1], 1e-6);
        Assert.Equal(1, parameters[2]);
    }

    [Fact]
    public void A_tensor_without_a_gradient_stays_what_it_is_and_counts_no_step()
    {
        static bool HasGradient(int step, int tensor) => tensor != 1 && (tensor != 2 || step % 3 == 0);
        using var run = AdamRun.Of(AdamByHand.AdamW, [20, 5, 33], new() { WeightDecay = 0.1 });
        var references = References(AdamByHand.AdamW, run);
        run.Steps(0, 120, HasGradient);
        for (var step = 0; step < 120; step++)
        {
            var gradients = run.Tensors(Run.Gradient(58, step));
            for (var tensor = 0; tensor < 3; tensor++)
                if (HasGradient(step, tensor))
                    references[tensor].Step(Scaled(gradients[tensor], 1), 1e-3, 0.1);
        }

        Assert.Equal(Run.Numbers(58, seed: 1)[20..25], run.Parameters[20..25]);
        Assert.Equal(new float[5], run.Unit(0)[20..25]);
        Assert.Equal([120, 0, 40], references.Select(reference => reference.Steps));
        Assert.InRange(AdamRun.Distance(run.Parameters.AsSpan(25), references[2].Parameters), 0, 1e-6);
    }

    [Fact]
    public void Groups_of_tensors_have_rates_of_their_own()
    {
        using var run = AdamRun.Of(AdamByHand.AdamW, [30, 40]);
        var references = References(AdamByHand.AdamW, run);
        run.Optimizer.SetGroups([0, 1], 2);
        run.Optimizer.SetRates(0, 0.02, 0);
        run.Optimizer.SetRates(1, 0.05, 0.1);
        run.Steps(0, 20);
        for (var step = 0; step < 20; step++)
        {
            var gradients = run.Tensors(Run.Gradient(70, step));
            references[0].Step(Scaled(gradients[0], 1), 0.02, 0);
            references[1].Step(Scaled(gradients[1], 1), 0.05, 0.1);
        }

        AssertAgrees(run, references);
    }

    [Fact]
    public void A_gradient_is_clipped_by_the_norm_of_all_tensors()
    {
        using var run = AdamRun.Of(AdamByHand.Adam, [30, 40], new() { MaxGradientNorm = 0.5, LossScale = 4 });
        var gradient = Run.Gradient(70, 0);
        var norm = Math.Sqrt(gradient.Sum(x => (double)x * x)) / 4;
        var gradients = run.Tensors(gradient);
        var report = run.Optimizer.Step(run.Tensors(run.Parameters), [gradients[0], gradients[1]]);

        Assert.Equal(norm, report.GradientNorm, 1e-6 * norm);
        Assert.Equal(0.5 / norm, report.ClipFactor, 1e-6);
        Assert.InRange(AdamRun.Distance(run.Unit(0), [.. gradient.Select(x => 0.1 * x / 4 * 0.5 / norm)]), 0, 1e-6);
    }

    [Fact]
    public void A_step_asks_for_no_norm_and_has_no_law()
    {
        using var optimizer = new AdamByHand(AdamByHand.Adam, [2]);
        float[] parameters = [1, 1];
        var report = optimizer.Step(parameters, [float.NaN, 1]);

        Assert.True(report.Applied);
        Assert.Equal(double.NaN, report.GradientNorm);
        Assert.Equal(1, report.ClipFactor);
        Assert.True(report.Law.IsEmpty);
        Assert.Equal(float.NaN, parameters[0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    [InlineData(2e15f)]
    public void A_gradient_out_of_range_is_skipped_without_a_trace_where_that_is_asked_for(float value)
    {
        using var run = AdamRun.Of(AdamByHand.Adam, [60, 40], new() { SkipNonFinite = true }).Steps(0, 3);
        var state = run.State();
        var gradient = Run.Gradient(100, 3).ToArray();
        gradient[70] = value;
        var gradients = run.Tensors(gradient);

        Assert.False(run.Optimizer.Step(run.Tensors(run.Parameters), [gradients[0], gradients[1]]).Applied);
        Assert.Equal(state, run.State());
        Assert.Equal(3, run.Optimizer.StepCount);
    }

    [Fact]
    public void Results_are_the_same_bits_for_every_number_of_threads()
    {
        var states = new List<byte[]>();
        foreach (var threads in (int[])[1, 2, 5])
        {
            using var run = AdamRun.Of(AdamByHand.Adam, [3 * Partition.ChunkLength + 5, 17, 2 * Partition.ChunkLength], new() { Threads = threads, MaxGradientNorm = 1 });
            states.Add(run.Steps(0, 10).State());
        }

        Assert.All(states, state => Assert.Equal(states[0], state));
    }

    [Fact]
    public void A_memory_rounded_at_random_is_right_on_average()
    {
        const int Length = 10_000;
        using var run = AdamRun.Of(AdamByHand.Adam, [Length], new() { MemoryFormat = MemoryFormat.BFloat16Stochastic });
        float[] parameters = new float[Length], gradient = new float[Length];
        Array.Fill(gradient, 0.3f);
        for (var step = 0; step < 300; step++)
            run.Optimizer.Step(parameters, gradient);

        Assert.Equal(0.3, run.Unit(0).Average(), 1e-3);
        Assert.Equal(0.09 * (1 - Math.Pow(0.999, 300)), run.Unit(1).Average(), 1e-3 * 0.09);
        Assert.Equal(-0.3, parameters.Average(), 3e-3);
    }

    private static AdamReference[] References(MomentFormula formula, AdamRun run) =>
        [.. run.Tensors(run.Parameters).Select(tensor => new AdamReference(formula, tensor.ToArray()))];

    private static double[] Scaled(ReadOnlyMemory<float> gradient, double scale) => [.. gradient.ToArray().Select(x => x * scale)];

    private static void AssertAgrees(AdamRun run, AdamReference[] references)
    {
        Assert.InRange(AdamRun.Distance(run.Parameters, [.. references.SelectMany(reference => reference.Parameters)]), 0, 1e-6);
        Assert.InRange(AdamRun.Distance(run.Unit(0), [.. references.SelectMany(reference => reference.FirstMoment)]), 0, 1e-6);
        Assert.InRange(AdamRun.Distance(run.Unit(1), [.. references.SelectMany(reference => reference.SecondMoment)]), 0, 1e-6);
    }
}
