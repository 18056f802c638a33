using System.Diagnostics;
using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Safety;

/// <summary>Many short lives of optimizers with everything that can be set, changed or go wrong in them, one after the other.</summary>
[Collection(nameof(Alone))]
public class SoakTests
{
    // What a run may have more at its end than after its first tenth: caches and pools fill up, leaks go on.
    private const long MoreBytes = 64 << 20;
    private const int MoreThreads = 8;
    private const int MoreHandles = 32;

    // A life is thousands of steps, each of which waits for several threads: on a busy machine that may take a while.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    private static readonly string[] Specs =
    [
        "M(0.9) ⊕ M(0)", "M(0.9)", "M(-0.5)", "M(1)", "M2(0.6)", "CM(0.3+0.2i)", "M(0.9) ⊕ M(0.8) ⊕ M(0.7)", "M(0.9) ⊕ M2(0.6) ⊕ CM2(0.3+0.2i)",
    ];

    private static readonly float[] Unusual = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 3e18f, -1e19f, 1e14f, float.Epsilon];

    [Fact]
    public void After_any_number_of_steps_memory_law_and_parameters_are_sound_and_nothing_has_leaked()
    {
        var (steps, phases) = (0L, 0);
        var wanted = Effort.Of(100_000, 10_000_000);
        Resources? early = null;
        while (steps < wanted)
        {
            Fuzz.Run(1, random => steps += Life(random), first: phases++, LongestLife);
            if (steps >= wanted / 10)
                early ??= Resources.InUse();
        }
        Resources.InUse().AssertNotMuchMoreThan(early!);
    }

    /// <summary>One optimizer from its construction to its end, over some resumes; the number of steps.</summary>
    private static int Life(Random random)
    {
        // Few have more than one chunk, and so several threads. None has so few parameters that they all cancel by chance, when
        // G, a small difference of large numbers, has no relative precision left.
        var length = random.Next(50) == 0 ? 12_345 : random.Next(16, 130);
        var lengths = Divide(length, random);
        var memory = Specs[random.Next(Specs.Length)];
        var options = RandomOptions(random);
        var size = Math.Pow(10, random.Next(-6, 7));
        var (run, steps) = (New(memory, lengths, options, random), 0);
        try
        {
            for (var phase = random.Next(1, 6); phase > 0; phase--)
            {
                var count = length < 4096 ? random.Next(1, 900) : random.Next(1, 20);
                for (var step = 0; step < count; step++)
                    Step(run, options, size, random);
                steps += count;
                AssertSound(run, options, size, random);
                if (random.Next(2) == 0)
                    run = Resumed(run, memory, options, random);
                run.Optimizer.LearningRate = LearningRate(random);
                run.Optimizer.LossScale = Math.Pow(2, random.Next(-4, 17));
            }
            return steps;
        }
        finally
        {
            run.Dispose();
        }
    }

    /// <summary>One tensor, or several with the same elements.</summary>
    private static long[] Divide(int length, Random random)
    {
        if (random.Next(2) == 0)
            return [length];
        var cuts = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(length + 1)).Append(length).Order().ToArray();
        return [.. cuts.Select((cut, i) => (long)cut - (i == 0 ? 0 : cuts[i - 1]))];
    }

    private static void Step(Run run, OptimizerOptions options, double size, Random random)
    {
        var gradient = Gradient(run, size, random);
        var isUnusual = options.SkipNonFinite && random.Next(50) == 0;
        // Now and then none of a tensor; a single one keeps its own, and so do enough elements for G to have precision.
        var missing = random.Next(20) == 0 ? run.Optimizer.Lengths.IndexOf(run.Optimizer.Lengths.ToArray().Min()) : -1;
        if (!isUnusual)
        {
            Assert.True(Step(run, gradient, missing).Applied);
            return;
        }
        gradient[random.Next(gradient.Length)] = Unusual[random.Next(Unusual.Length)];
        var before = run.State();
        if (!Step(run, gradient, missing).Applied)
            Assert.Equal(before, run.State());
    }

    private static float[] Gradient(Run run, double size, Random random)
    {
        var gradient = Run.Gradient(run.Parameters.Length, random.Next(16));
        var scale = (float)(size * run.Optimizer.LossScale);
        foreach (ref var entry in gradient.AsSpan())
            entry *= scale;
        return gradient;
    }

    /// <summary>A step of a flat span or of several tensors, of which the missing one has no gradient.</summary>
    private static StepReport Step(Run run, float[] gradient, int missing)
    {
        if (run.Optimizer.Lengths.Length == 1)
            return run.Optimizer.Step(run.Parameters, gradient);
        return run.Optimizer.Step(run.Tensors(run.Parameters), [.. run.Tensors(gradient).Select((tensor, i) => i == missing ? default : tensor)]);
    }

    /// <summary>
    /// Everything is finite, and after a step that knew the whole memory G is MᵀM, to rounding: of float32, or of the one store
    /// that G does not know of in a narrow format, 2⁻⁸ of each number or, at random, 2⁻⁷.
    /// </summary>
    private static void AssertSound(Run run, OptimizerOptions options, double size, Random random)
    {
        // The last steps may have left a tensor out, or been skipped.
        Assert.True(Step(run, Gradient(run, size, random), missing: -1).Applied);
        Assert.All(run.Parameters, parameter => Assert.True(float.IsFinite(parameter)));
        Assert.All(run.Optimizer.LawCoefficients.ToArray(), coefficient => Assert.True(double.IsFinite(coefficient)));
        var k = run.Optimizer.LinearMemory.UnitCount;
        float[][] units = [.. Enumerable.Range(0, k).Select(run.Unit)];
        var gram = run.Optimizer.Gram;
        var trace = Enumerable.Range(0, k).Sum(i => Product(units[i], units[i]));
        var tolerance = options.MemoryFormat switch { MemoryFormat.Float32 => 1e-5, MemoryFormat.BFloat16 => 2.1 / 256, _ => 2.1 / 128 };
        for (var i = 0; i < k; i++)
            for (var j = 0; j < k; j++)
                Assert.True(
                    Math.Abs(gram[i, j] - Product(units[i], units[j])) <= tolerance * trace,
                    $"G[{i},{j}] = {gram[i, j]}, MᵀM = {Product(units[i], units[j])}, {options}");
    }

    private static double Product(float[] x, float[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }

    private static Run Resumed(Run run, string memory, OptimizerOptions options, Random random)
    {
        using (run)
        {
            var stream = new MemoryStream();
            run.Optimizer.Save(stream, run.Tensors(run.Parameters));
            stream.Position = 0;
            var resumed = New(memory, run.Optimizer.Lengths, options, random);
            resumed.Optimizer.Load(stream, resumed.Tensors(resumed.Parameters));
            Assert.Equal(run.State(), resumed.State());
            return resumed;
        }
    }

    private static Run New(string memory, ReadOnlySpan<long> lengths, OptimizerOptions options, Random random)
    {
        options = options with { Threads = random.Next(4) };
        return new(memory == Specs[0] ? new MomentumMixByHand(lengths, options) : new AnyMemoryByHand(LinearMemory.Parse(memory), lengths, options));
    }

    private static OptimizerOptions RandomOptions(Random random)
    {
        var isExact = random.Next(3) > 0;
        return new()
        {
            Timing = isExact ? LawTiming.Exact : LawTiming.Delayed,
            SkipNonFinite = isExact,
            MaxGradientNorm = isExact && random.Next(3) == 0 ? Math.Pow(10, random.Next(-3, 4)) : double.PositiveInfinity,
            LearningRate = LearningRate(random),
            LawLearningRate = random.Next(4) == 0 ? 0 : Math.Pow(10, -1 - 4 * random.NextDouble()),
            Relaxation = (Relaxation)random.Next(4),
            Epsilon = Math.Pow(10, random.Next(-8, -1)),
            LawInterval = random.Next(1, 5),
            HoldCorrections = random.Next(20),
            WeightDecay = random.Next(2) * 0.1,
            Maximize = random.Next(4) == 0,
            MemoryFormat = (MemoryFormat)random.Next(3),
        };
    }

    private static double LearningRate(Random random) => Math.Pow(10, -5 * random.NextDouble());

    /// <summary>What a process can leak.</summary>
    private sealed record Resources(long ManagedBytes, long ResidentBytes, int Threads, int Handles)
    {
        public static Resources InUse()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            return new(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.Threads.Count, process.HandleCount);
        }

        public void AssertNotMuchMoreThan(Resources early) => Assert.True(
            ManagedBytes < early.ManagedBytes + MoreBytes && ResidentBytes < early.ResidentBytes + MoreBytes
            && Threads < early.Threads + MoreThreads && Handles < early.Handles + MoreHandles,
            $"{this} after {early}");
    }
}
