using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>What is generated for classes with [RmsProp] or [Sgd], against loops in float64 written from torch.optim's formulas and arXiv 2106.10708.</summary>
public sealed class MomentKinTests
{
    private const string Source = """
        using Rllc;

        [RmsProp] internal sealed partial class Plain;
        [RmsProp(Alpha = 0.9, Epsilon = 1e-3, Momentum = 0.8)] internal sealed partial class WithMomentum;
        [Sgd] internal sealed partial class Descent;
        [Sgd(Momentum = 0.9)] internal sealed partial class Momentum9;
        [RmsProp, CriticalGradients(Capacity = 3, Decay = 0.9)] internal sealed partial class PlainCG;
        [RmsProp(Alpha = 0.9, Epsilon = 1e-3, Momentum = 0.8), CriticalGradients] internal sealed partial class WithMomentumCG;
        [Sgd, CriticalGradients(Capacity = 2, Decay = 0.95)] internal sealed partial class DescentCG;
        [Sgd(Momentum = 0.9), CriticalGradients] internal sealed partial class Momentum9CG;
        [Sgd(Momentum = 0.9), CriticalGradients(Capacity = 0)] internal sealed partial class Empty;

        internal static class Program
        {
            public static MomentOptimizer OfPlain(long[] lengths) => new Plain(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfWithMomentum(long[] lengths) => new WithMomentum(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfDescent(long[] lengths) => new Descent(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfMomentum9(long[] lengths) => new Momentum9(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfPlainCG(long[] lengths) => new PlainCG(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfWithMomentumCG(long[] lengths) => new WithMomentumCG(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfDescentCG(long[] lengths) => new DescentCG(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfMomentum9CG(long[] lengths) => new Momentum9CG(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer OfEmpty(long[] lengths) => new Empty(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static MomentOptimizer Narrow(long[] lengths) => new Momentum9CG(lengths, new() { MemoryFormat = MemoryFormat.BFloat16Stochastic });
            public static double DefaultRate(long[] lengths) => new Plain(lengths).LearningRate;
        }
        """;

    private static readonly Type Program = ConsumerProject.Of(Source).Generate().Load().GetType("Program")!;

    [Theory]
    [InlineData("Plain", 1, 0.99, 1e-8, 0, 0, 1)]
    [InlineData("WithMomentum", 2, 0.9, 1e-3, 0.8, 0, 1)]
    [InlineData("Descent", 0, null, 0, 0, 0, 1)]
    [InlineData("Momentum9", 1, null, 0, 0.9, 0, 1)]
    [InlineData("PlainCG", 5, 0.99, 1e-8, 0, 3, 0.9)]
    [InlineData("WithMomentumCG", 8, 0.9, 1e-3, 0.8, 5, 0.7)]
    [InlineData("DescentCG", 3, null, 0, 0, 2, 0.95)]
    [InlineData("Momentum9CG", 7, null, 0, 0.9, 5, 0.7)]
    public void Kernels_are_the_formulas_with_the_declared_numbers(string name, int kept, double? α, double ε, double μ, int capacity, double decay)
    {
        const int Length = 4096 + 21;
        using var optimizer = Create(name, 21, Length - 21);
        var random = new Random(1);
        float[] θ = Normal(Length, random);
        double[] expected = [.. θ], m = new double[Length], v = new double[Length];
        var buffer = new List<(double Key, double[] Entry)>();
        for (var t = 1; t <= 120; t++)
        {
            float[] g = Normal(Length, random);
            var scale = random.NextSingle() * 2;
            g = [.. g.Select(value => value * scale)];
            optimizer.Step([θ.AsMemory(0, 21), θ.AsMemory(21)], [g.AsMemory(0, 21), g.AsMemory(21)]);
            for (var i = 0; i < Length; i++)
            {
                var h = g[i] + (buffer.Count == 0 ? 0 : buffer.Average(entry => entry.Entry[i])) + 0.1 * expected[i];
                if (α is { } keep)
                    v[i] = keep * v[i] + (1 - keep) * h * h;
                var direction = α is null ? h : h / (Math.Sqrt(v[i]) + ε);
                m[i] = μ * m[i] + direction;
                expected[i] -= 0.01 * m[i];
            }

            Keep(buffer, capacity, decay, [.. g.Select(value => (double)value)]);
        }

        Assert.InRange(Distance(θ, expected), 0, 2e-6);
        var unit = new float[Length];
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.CopyUnit(kept, unit));
        if (kept == 0)
            return;
        optimizer.CopyUnit(0, unit);
        if (μ != 0)
            Assert.InRange(Distance(unit, m), 0, 2e-6);
        else if (α is not null)
            Assert.InRange(Distance(unit, v), 0, 2e-6);
    }

    [Fact]
    public void A_buffer_without_entries_leaves_the_plain_optimizer_with_the_same_bits()
    {
        using var plain = Create("Momentum9", 100);
        using var empty = Create("Empty", 100);
        var random = new Random(2);
        float[] first = Normal(100, random), second = [.. first];
        for (var t = 0; t < 20; t++)
        {
            var g = Normal(100, random);
            plain.Step(first, g);
            empty.Step(second, g);
        }

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("OfWithMomentumCG")]
    [InlineData("OfDescent")]
    [InlineData("Narrow")]
    public void A_run_goes_on_from_a_checkpoint_with_the_same_bits(string method)
    {
        long[] lengths = [100];
        using var whole = (MomentOptimizer)Program.GetMethod(method)!.Invoke(null, [lengths])!;
        using var loaded = (MomentOptimizer)Program.GetMethod(method)!.Invoke(null, [lengths])!;
        using var file = new MemoryStream();
        var random = new Random(3);
        float[] θ = Normal(100, random);
        for (var t = 0; t < 12; t++)
            whole.Step(θ, Normal(100, random));
        whole.Save(file, θ);
        var copy = new float[100];
        file.Position = 0;
        loaded.Load(file, copy);
        for (var t = 0; t < 12; t++)
        {
            var g = Normal(100, random);
            whole.Step(θ, g);
            loaded.Step(copy, g);
        }

        Assert.Equal(θ, copy);
    }

    [Fact]
    public void A_checkpoint_of_another_formula_is_refused()
    {
        using var optimizer = Create("WithMomentum", 3);
        using var other = Create("Momentum9", 3);
        using var file = new MemoryStream();
        optimizer.Save(file);
        file.Position = 0;

        var fault = Assert.ThrowsAny<Exception>(() => other.Load(file));
        Assert.Contains("it holds 'RMSprop, α = 0.9, ε = 0.001, μ = 0.8', the optimizer is 'SGD, μ = 0.9'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_rate_of_RMSprop_is_torchs() => Assert.Equal(0.01, Program.GetMethod("DefaultRate")!.Invoke(null, [new long[] { 1 }]));

    // arXiv 2106.10708: into a free place, or that of the smallest priority where the new one is above it; then all decay.
    private static void Keep(List<(double Key, double[] Entry)> buffer, int capacity, double decay, double[] g)
    {
        if (capacity == 0)
            return;
        var key = Math.Sqrt(g.Sum(value => value * value));
        if (buffer.Count < capacity)
            buffer.Add((key, g));
        else if (buffer.IndexOf(buffer.MinBy(entry => entry.Key)) is var smallest && key > buffer[smallest].Key)
            buffer[smallest] = (key, g);
        for (var i = 0; i < buffer.Count; i++)
            buffer[i] = buffer[i] with { Key = buffer[i].Key * decay };
    }

    private static MomentOptimizer Create(string name, params long[] lengths) => (MomentOptimizer)Program.GetMethod($"Of{name}")!.Invoke(null, [lengths])!;

    private static float[] Normal(int length, Random random) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double Distance(float[] actual, double[] expected) =>
        Math.Sqrt(actual.Zip(expected, (x, y) => (x - y) * (x - y)).Sum() / expected.Sum(x => x * x));
}
