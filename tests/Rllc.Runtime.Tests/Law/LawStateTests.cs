namespace Rllc.Tests;

public class LawStateTests
{
    [Theory]
    [MemberData(nameof(Memories.All), MemberType = typeof(Memories))]
    public void The_Gram_recurrence_does_not_drift_from_a_float32_memory(string spec)
    {
        // Without any refresh, and with gradients that have a direction in common.
        const int n = 16, steps = 10_000;
        var memory = LinearMemory.Parse(spec).RoundedToSingle();
        var (k, random) = (memory.UnitCount, new Random(1));
        var law = new LawState(memory.B, memory.a, memory.S, new());
        var M = new float[n, k];
        var (row, c) = (new double[k], new double[k]);
        for (var step = 0; step < steps; step++)
        {
            var gamma = 0.0;
            Array.Clear(c);
            for (var p = 0; p < n; p++)
            {
                var g = (float)(0.3 + random.NextDouble() - 0.5);
                gamma += (double)g * g;
                for (var unit = 0; unit < k; unit++)
                {
                    row[unit] = M[p, unit];
                    c[unit] += row[unit] * g;
                }

                for (var unit = 0; unit < k; unit++)
                {
                    var sum = memory.a[unit] * g;
                    for (var old = 0; old < k; old++)
                        sum += row[old] * memory.B[old, unit];
                    M[p, unit] = (float)sum;
                }
            }

            law.Advance(c, gamma);
        }

        Assert.Equal(steps, law.Step);
        for (var i = 0; i < k; i++)
        for (var j = 0; j < k; j++)
        {
            double Product(int left, int right) => Enumerable.Range(0, n).Sum(p => (double)M[p, left] * M[p, right]);
            Assert.InRange((law.G[i * k + j] - Product(i, j)) / Math.Sqrt(Product(i, i) * Product(j, j)), -1e-7, 1e-7);
        }
    }

    [Fact]
    public void G_is_refreshed_every_256_steps_and_on_request()
    {
        var law = Law(new());
        for (var step = 0; step < 600; step++)
        {
            Assert.Equal(step is 256 or 512, law.NeedsExactGram);
            law.Advance([1, 1], 1);
        }

        law.RequestExactGram();
        Assert.True(law.NeedsExactGram);
        law.SetGram([1, 2, 2, 5]);
        Assert.False(law.NeedsExactGram);
        Assert.Equal([1.0, 2, 2, 5], law.G);
    }

    [Fact]
    public void The_optimizer_really_refreshes_G()
    {
        // A memory that never forgets: after 2⁶⁰ the recurrence alone would have lost the ones.
        var optimizer = new DynamicOptimizer<double>(LinearMemory.Parse("M(1)"), 2, new() { LawLearningRate = 0 });
        var theta = new double[2];
        optimizer.Step(theta, [Math.Pow(2, 60), 1]);
        optimizer.Step(theta, [-Math.Pow(2, 60), 0]);
        Assert.NotEqual(1, optimizer.Gram[0, 0]);
        for (var step = 2; step <= 256; step++)
            optimizer.Step(theta, [0, 0]);
        Assert.Equal(1, optimizer.Gram[0, 0]);
    }

    [Fact]
    public void With_an_interval_every_third_step_corrects_three_times_as_much()
    {
        var (every, third) = (Law(new()), Law(new() { LawInterval = 3 }));
        for (var step = 1; step <= 9; step++)
        {
            var before = third.L.ToArray();
            double[] gram = [2, 1, 1, 3], c = [step, 1];
            every.SetGram(gram);
            third.SetGram(gram);
            var start = every.L.ToArray();
            every.Correct(c);
            third.Correct(c);
            for (var unit = 0; unit < 2; unit++)
            {
                var expected = step % 3 == 0 ? 3 * (every.L[unit] - start[unit]) : 0;
                Assert.Equal(expected, third.L[unit] - before[unit], 1e-14);
            }

            every.Advance(c, 1);
            third.Advance(c, 1);
        }
    }

    [Fact]
    public void While_corrections_are_held_the_law_stays_what_it_was()
    {
        var law = Law(new() { HoldCorrections = 4 });
        for (var step = 1; step <= 6; step++)
        {
            law.SetGram([2, 1, 1, 3]);
            law.Correct([1, 2]);
            Assert.Equal(step <= 4, law.L is [1, 0]);
            law.Advance([1, 2], 1);
        }
    }

    [Fact]
    public void Delayed_timing_applies_the_same_corrections_one_step_later()
    {
        var (exact, delayed) = (Law(new()), Law(new() { Timing = LawTiming.Delayed, SkipNonFinite = false }));
        var previous = exact.L.ToArray();
        for (var step = 0; step < 20; step++)
        {
            var c = RandomData.Normal(2, seed: step);
            delayed.ApplyPending();
            Assert.Equal(previous, delayed.L);
            delayed.Postpone(c);
            exact.Correct(c);
            previous = exact.L.ToArray();
            exact.Advance(c, 2);
            delayed.Advance(c, 2);
        }

        Assert.NotEqual([1.0, 0], previous);
    }

    [Fact]
    public void A_law_learning_rate_of_zero_keeps_the_law_whatever_the_gradient()
    {
        var law = Law(new() { LawLearningRate = 0, InitialLaw = [0.3, -0.7] });
        law.SetGram([1, 0, 0, 1]);
        law.Correct([double.PositiveInfinity, double.NaN]);
        Assert.Equal([0.3, -0.7], law.L);
    }

    [Fact]
    public void The_initial_law_is_copied()
    {
        double[] initial = [0.3, 0.7];
        var law = Law(new() { InitialLaw = initial });
        law.L[0] = 5;
        Assert.Equal([0.3, 0.7], initial);
        Assert.Equal([1.0, 0], Law(new()).L);
    }

    [Fact]
    public void A_restored_state_goes_on_to_the_same_bits()
    {
        var original = Law(new());
        for (var step = 0; step < 5; step++)
            Step(original, step);
        var restored = Law(new());
        restored.Restore(original.Step, original.L, original.G, original.Pending);
        Assert.False(restored.NeedsExactGram);
        for (var step = 5; step < 10; step++)
        {
            Step(original, step);
            Step(restored, step);
        }

        Assert.Equal(original.L, restored.L);
        Assert.Equal(original.G, restored.G);
        Assert.Equal(10, restored.Step);

        static void Step(LawState law, int step)
        {
            var c = RandomData.Normal(2, seed: step);
            law.ApplyPending();
            law.Postpone(c);
            law.Advance(c, 3);
        }
    }

    [Theory]
    [InlineData(Relaxation.Invariant)]
    [InlineData(Relaxation.PseudoInverse)]
    public void A_step_allocates_nothing(Relaxation relaxation)
    {
        var law = Law(new() { Relaxation = relaxation });
        double[] c = [1, 2], gram = [2, 1, 1, 3];
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 100; step++)
            {
                law.SetGram(gram);
                law.Correct(c);
                law.ApplyPending();
                law.Postpone(c);
                law.Advance(c, 5);
            }

            if (round == 1)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static LawState Law(OptimizerOptions options)
    {
        var memory = LinearMemory.Parse("M(0.9) ⊕ M(0)");
        return new(memory.B, memory.a, memory.S, options);
    }
}
