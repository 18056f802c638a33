namespace Rllc.Runtime.Tests.Cpu;

/// <summary>A memory in bfloat16.</summary>
public class MemoryFormatTests
{
    private const int Length = 5003;

    public static TheoryData<MemoryFormat> Narrow => [MemoryFormat.BFloat16, MemoryFormat.BFloat16Stochastic];

    [Theory]
    [InlineData(LawTiming.Exact)]
    [InlineData(LawTiming.Delayed)]
    public void Rounded_to_nearest_the_memory_is_that_of_the_oracle(LawTiming timing)
    {
        var options = Formats.Options(MemoryFormat.BFloat16, timing);
        using var run = Run.Of(Length, options);
        var oracle = new DynamicOptimizer<float>(run.Optimizer.LinearMemory, Length, options);
        var expected = run.Parameters.ToArray();
        for (var step = 0; step < 6; step++)
        {
            run.Steps(step, 1);
            oracle.Step(expected, Run.Gradient(Length, step));
        }
        // A kernel rounds the fused product and sum once, the oracle a float64 sum: where that is next to the middle between two
        // numbers of 8 bits (about one in 2¹⁶), they part by the distance of the two, which then decays.
        for (var unit = 0; unit < 2; unit++)
        {
            var (own, other) = (run.Unit(unit), oracle.Unit(unit).ToArray());
            Assert.InRange(own.Zip(other).Count(pair => pair.First != pair.Second), 0, 5);
            Assert.All(own.Zip(other), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Math.Abs(pair.Second) / 128));
        }
        Assert.All(run.Parameters.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.InRange(run.Parameters.Zip(expected).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-5), 0, 5);
        Assert.All(run.Optimizer.LawCoefficients.ToArray().Zip(oracle.LawCoefficients.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Units_hold_numbers_of_eight_bits(MemoryFormat format)
    {
        using var run = Run.Of(Length, Formats.Options(format)).Steps(0, 5);
        for (var unit = 0; unit < 2; unit++)
            Assert.All(run.Unit(unit), number => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(number) & 0xFFFF));
    }

    [Theory]
    [InlineData(MemoryFormat.BFloat16, LawTiming.Exact)]
    [InlineData(MemoryFormat.BFloat16, LawTiming.Delayed)]
    [InlineData(MemoryFormat.BFloat16Stochastic, LawTiming.Exact)]
    [InlineData(MemoryFormat.BFloat16Stochastic, LawTiming.Delayed)]
    public void G_follows_from_the_memory_as_it_is_stored_in_every_step(MemoryFormat format, LawTiming timing)
    {
        // Few elements, whose rounding errors do not cancel: a G that knew nothing of them would be off by more than 1e-4.
        const int length = 21;
        using var run = Run.Of(length, Formats.Options(format, timing));
        for (var step = 0; step < 40; step++)
        {
            float[][] old = [run.Unit(0), run.Unit(1)];
            run.Steps(step, 1);
            var g = Run.Gradient(length, step);
            // M before it is rounded, the one that θ has moved by.
            double[][] @new = [[.. old[0].Zip(g, (m, x) => (double)0.9f * m + x)], [.. g.Select(x => (double)x)]];
            for (var i = 0; i < 2; i++)
                for (var j = 0; j < 2; j++)
                    Assert.Equal(@new[i].Zip(@new[j], (x, y) => x * y).Sum(), run.Optimizer.Gram[i, j], 1e-5 * @new[0].Sum(x => x * x));
        }
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Parameters_move_by_the_memory_before_it_is_rounded(MemoryFormat format)
    {
        using var narrow = Run.Of(Length, Formats.Options(format)).Steps(0, 1);
        using var wide = Run.Of(Length, Formats.Options(MemoryFormat.Float32)).Steps(0, 1);
        Assert.Equal(wide.Parameters, narrow.Parameters);
        Assert.NotEqual(wide.Unit(0), narrow.Unit(0));
    }

    [Fact]
    public void Random_rounding_takes_one_of_the_two_neighbours_and_is_right_on_average()
    {
        const int length = 100_003;
        var options = Formats.Options(MemoryFormat.BFloat16Stochastic);
        using var run = Run.Of(length, options);
        var (g, error, count) = (Run.Gradient(length, step: 0), 0.0, 0);
        for (var step = 0; step < 10; step++)
        {
            run.Optimizer.Step(run.Parameters, g);
            foreach (var (exact, stored) in g.Zip(run.Unit(1)))
            {
                var spacing = Spacing(exact);
                Assert.InRange(Math.Abs(stored - exact), 0, spacing * (1 - 1e-6));
                (error, count) = (error + (stored - exact) / spacing, count + 1);
            }
        }
        // An error of uniform remainder has the variance 1/6.
        Assert.InRange(error / count, -5 * Math.Sqrt(1.0 / 6 / count), 5 * Math.Sqrt(1.0 / 6 / count));
    }

    [Fact]
    public void Every_step_and_every_chunk_rounds_at_random_anew()
    {
        const int chunk = Partition.ChunkLength;
        using var run = Run.Of(2 * chunk + 16, Formats.Options(MemoryFormat.BFloat16Stochastic) with { LearningRate = 0 });
        var g = new float[2 * chunk + 16];
        // Half-way: up or down with the same odds.
        Array.Fill(g, 1 + 1f / 256);
        run.Optimizer.Step(run.Parameters, g);
        var first = run.Unit(1);
        run.Optimizer.Step(run.Parameters, g);
        var second = run.Unit(1);
        AssertHalfEqual(first, second);
        AssertHalfEqual(first[..chunk], first[chunk..(2 * chunk)]);
        AssertHalfEqual(first[1..chunk], first[..(chunk - 1)]);
        AssertHalfEqual(first[16..chunk], first[..(chunk - 16)]);
        // And every unit: M(0) beside M(0.9), which after the first step holds the same.
        using var again = Run.Of(2 * chunk + 16, Formats.Options(MemoryFormat.BFloat16Stochastic) with { LearningRate = 0 });
        again.Optimizer.Step(again.Parameters, g);
        Assert.Equal(first, again.Unit(1));
        AssertHalfEqual(first, again.Unit(0));
    }

    // docs/mathematics.md, memory formats. A unit that grows towards g/(1 − β) stops where a step adds no more than half the distance
    // to the next number, 2⁻⁸ of the power of two below it; the last step was rounded up, and may have been up to half of that too large.
    [Theory]
    [InlineData("M(0.9)", 0.015, 0.017, 0.036, 0.038)]
    [InlineData("M(0.99)", 0.155, 0.17, 0.27, 0.285)]
    public void Under_a_steady_gradient_a_unit_rounded_to_nearest_stays_behind_by_what_the_mathematics_say(
        string spec, double leastFrom, double leastTo, double mostFrom, double mostTo)
    {
        var deficits = Deficits(spec, MemoryFormat.BFloat16, steps: 2000);
        Assert.InRange(deficits.Min(), leastFrom, leastTo);
        Assert.InRange(deficits.Max(), mostFrom, mostTo);
    }

    [Theory]
    [InlineData("M(0.9)")]
    [InlineData("M(0.99)")]
    public void Under_a_steady_gradient_a_unit_rounded_at_random_does_not(string spec)
    {
        var deficits = Deficits(spec, MemoryFormat.BFloat16Stochastic, steps: 2000);
        Assert.InRange(deficits.Average(), -0.002, 0.002);
    }

    /// <summary>By how much of what it would be a unit is too small, for many steady gradients.</summary>
    private static double[] Deficits(string spec, MemoryFormat format, int steps)
    {
        const int length = 1024;
        var memory = LinearMemory.Parse(spec);
        using var run = new Run(new AnyMemoryByHand(memory, length, new() { MemoryFormat = format, LawLearningRate = 0 }));
        float[] g = [.. Enumerable.Range(0, length).Select(i => 1 + (float)i / length)];
        for (var step = 0; step < steps; step++)
            run.Optimizer.Step(run.Parameters, g);
        return [.. run.Unit(0).Zip(g, (m, x) => 1 - (1 - memory.B[0, 0]) * m / x)];
    }

    private static void AssertHalfEqual(float[] x, float[] y)
    {
        var equal = x.Zip(y).Count(pair => pair.First == pair.Second);
        Assert.InRange(equal, x.Length / 2 - 5 * Math.Sqrt(x.Length) / 2, x.Length / 2 + 5 * Math.Sqrt(x.Length) / 2);
    }

    private static double Spacing(float value) => Math.ScaleB(1, Math.ILogB(value) - 7);
}
