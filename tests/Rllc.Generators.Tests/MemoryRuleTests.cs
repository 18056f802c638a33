using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>What is generated for classes with [MemoryRule], against loops in float64 written from the definition.</summary>
public sealed class MemoryRuleTests
{
    private const string Source = """
        using System;
        using Rllc;

        [MemoryRule(nameof(Remember), Prepare = nameof(Prepare))]
        internal sealed partial class AdamMix
        {
            private static partial void Prepare(long t, out float correction1, out float correction2)
            {
                correction1 = (float)(1 / (1 - Math.Pow(0.9, t)));
                correction2 = (float)(1 / (1 - Math.Pow(0.99, t)));
            }

            // Adam's direction, and the gradient
            private static partial void Remember<T>(T g, T correction1, T correction2, out T direction, out T gradient, [Hidden] ref T m, [Hidden] ref T v)
                where T : struct, INumbers<T>
            {
                m = T.FusedMultiplyAdd(g - m, T.Create(0.1f), m);
                v = T.FusedMultiplyAdd(g * g - v, T.Create(0.01f), v);
                direction = m * correction1 / (T.Sqrt(v * correction2) + T.Create(1e-3f));
                gradient = g;
            }
        }

        [MemoryRule(nameof(Remember))]
        internal sealed partial class SignMomentum
        {
            private static partial void Remember<T>(T g, out T sign, [Hidden] ref T m) where T : struct, INumbers<T>
            {
                m = T.Create(0.9f) * m + T.Create(0.1f) * g;
                sign = T.Sign(m);
            }
        }

        [MemoryRule(nameof(Remember))]
        internal sealed partial class RmsAndMomentum
        {
            private static partial void Remember<T>(T g, [Hidden] ref T v, out T direction, ref T momentum) where T : struct, INumbers<T>
            {
                v = T.FusedMultiplyAdd(g * g - v, T.Create(0.05f), v);
                direction = g / (T.Sqrt(v) + T.Create(1e-2f));
                momentum = T.FusedMultiplyAdd(momentum, T.Create(0.9f), g);
            }
        }

        [MemoryRule(nameof(Remember)), Hyperparameters(Relaxation = Relaxation.Absolute, Epsilon = 0.01)]
        internal sealed partial class ByHand
        {
            private static partial void Remember<T>(T g, ref T momentum, out T last) where T : struct, INumbers<T>
            {
                momentum = T.FusedMultiplyAdd(momentum, T.Create(0.9f), g);
                last = g;
            }
        }

        [Propagator("M(0.9) ⊕ M(0)"), Hyperparameters(Relaxation = Relaxation.Absolute, Epsilon = 0.01)]
        internal sealed partial class Declared;

        [MemoryRule(nameof(Remember), Prepare = nameof(Prepare)), FixedLaw(1)]
        internal sealed partial class AdamByRule
        {
            private static partial void Prepare(long t, out float correction1, out float correction2)
            {
                correction1 = (float)(1 / (1 - Math.Pow(0.9, t)));
                correction2 = (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, t)));
            }

            private static partial void Remember<T>(T g, T correction1, T correction2, out T direction, [Hidden] ref T m, [Hidden] ref T v)
                where T : struct, INumbers<T>
            {
                m = T.FusedMultiplyAdd(g - m, T.Create((float)(1 - 0.9)), m);
                v = T.FusedMultiplyAdd(T.FusedMultiplyAdd(g, g, -v), T.Create((float)(1 - 0.999)), v);
                direction = m * correction1 / T.FusedMultiplyAdd(T.Sqrt(v), correction2, T.Create(1e-8f));
            }
        }

        [Adam]
        internal sealed partial class MyAdam;

        [MemoryRule(nameof(Remember)), Hyperparameters(LawLearningRate = 0)]
        internal sealed partial class Ones
        {
            private static partial void Remember<T>(T g, out T one, ref T smaller, ref T larger, [Hidden] ref T count) where T : struct, INumbers<T>
            {
                one = T.Create(1);
                smaller = T.Min(smaller, g);
                larger = T.Max(larger, T.Abs(g));
                count += one;
            }
        }

        internal static class Program
        {
            public static Optimizer OfAdamMix(long[] lengths, LawTiming timing) => new AdamMix(lengths, new() { LearningRate = 0.01, LawLearningRate = 0.01, Epsilon = 0.1, WeightDecay = 0.1, Timing = timing, SkipNonFinite = false });
            public static Optimizer OfSignMomentum(long[] lengths, LawTiming timing) => new SignMomentum(lengths, new() { LearningRate = 0.01, LawLearningRate = 0.01, Epsilon = 0.1, WeightDecay = 0.1, Timing = timing, SkipNonFinite = false });
            public static Optimizer OfRmsAndMomentum(long[] lengths, LawTiming timing) => new RmsAndMomentum(lengths, new() { LearningRate = 0.01, LawLearningRate = 0.01, Epsilon = 0.1, WeightDecay = 0.1, Timing = timing, SkipNonFinite = false });
            public static Optimizer OfByHand(long[] lengths) => new ByHand(lengths);
            public static Optimizer OfDeclared(long[] lengths) => new Declared(lengths);
            public static Optimizer OfAdamByRule(long[] lengths) => new AdamByRule(lengths, new() { LearningRate = 0.001 });
            public static TensorOptimizer OfMyAdam(long[] lengths) => new MyAdam(lengths, new() { LearningRate = 0.001 });
            public static Optimizer OfOnes(long[] lengths) => new Ones(lengths);
            public static Optimizer Narrow(long[] lengths, int threads) => new AdamMix(lengths, new() { MemoryFormat = MemoryFormat.BFloat16Stochastic, Threads = threads });
            public static string Law(Optimizer optimizer) => ((AdamMix)optimizer).Law.ToString() + ((AdamMix)optimizer).Law.direction;
        }
        """;

    private static readonly GeneratedProject Project = ConsumerProject.Of(Source).Generate();

    private static readonly Type Program = Project.Load().GetType("Program")!;

    public static TheoryData<string, LawTiming, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, LawTiming, int>();
            foreach (var name in new[] { "AdamMix", "SignMomentum", "RmsAndMomentum" })
                foreach (var timing in Enum.GetValues<LawTiming>())
                    foreach (var length in new[] { 1, 15, 4096 + 21 })
                        cases.Add(name, timing, length);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_step_is_that_of_the_definition(string name, LawTiming timing, int length)
    {
        long[] lengths = [length, 7];
        using var optimizer = Create<Optimizer>($"Of{name}", lengths, timing);
        var oracle = new RuleOracle(Textbook.Of(name), lengths, timing, Values);
        float[][] θ = [.. lengths.Select((_, tensor) => Values(tensor, -1, lengths))];
        for (var t = 0; t < 40; t++)
        {
            // The second tensor has no gradient in every fifth step.
            float[][] g = [Values(0, t, lengths), t % 5 == 4 ? [] : Values(1, t, lengths)];
            optimizer.Step([.. θ.Select(part => part.AsMemory())], [.. g.Select(part => (ReadOnlyMemory<float>)part)]);
            oracle.Step(g);
        }

        Assert.InRange(Distance(θ.SelectMany(part => part), oracle.θ.SelectMany(part => part)), 0, 2e-6);
        Assert.InRange(Distance(optimizer.LawCoefficients.ToArray().Select(value => (float)value), oracle.L), 0, 1e-5);
        var unit = new float[length + 7];
        for (var i = 0; i < oracle.State.Length; i++)
        {
            optimizer.CopyUnit(i, unit);
            Assert.InRange(Distance(unit, oracle.State[i].SelectMany(part => part)), 0, 2e-6);
        }
    }

    [Fact]
    public void A_linear_memory_written_as_a_rule_is_the_declared_one()
    {
        const int Length = 1000;
        using var byHand = Create<Optimizer>("OfByHand", [Length]);
        using var declared = Create<Optimizer>("OfDeclared", [Length]);
        float[] first = Values(0, -1, [Length]), second = [.. first];
        for (var t = 0; t < 100; t++)
        {
            var g = Values(0, t, [Length]);
            byHand.Step(first, g);
            declared.Step(second, g);
        }

        Assert.InRange(Distance(first, second.Select(value => (double)value)), 0, 1e-6);
        Assert.InRange(Math.Abs(byHand.LawCoefficients[0] - declared.LawCoefficients[0]), 0, 1e-6);
        Assert.InRange(Math.Abs(byHand.LawCoefficients[1] - declared.LawCoefficients[1]), 0, 1e-6);
        Assert.Throws<InvalidOperationException>(() => byHand.LinearMemory);
    }

    [Fact]
    public void With_a_fixed_law_Adam_is_a_rule_that_keeps_two_numbers()
    {
        const int Length = 1000;
        using var byRule = Create<Optimizer>("OfAdamByRule", [Length]);
        using var declared = Create<TensorOptimizer>("OfMyAdam", [Length]);
        float[] first = Values(0, -1, [Length]), second = [.. first];
        for (var t = 0; t < 100; t++)
        {
            var g = Values(0, t, [Length]);
            byRule.Step(first, g);
            declared.Step(second, g);
        }

        Assert.InRange(Distance(first, second.Select(value => (double)value)), 0, 1e-6);
        float[] kept = new float[Length], expected = new float[Length];
        for (var unit = 0; unit < 2; unit++)
        {
            byRule.CopyUnit(unit, kept);
            declared.CopyUnit(unit, expected);
            Assert.Equal(expected, kept);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => byRule.CopyUnit(2, kept));
    }

    [Fact]
    public void What_pads_a_tensor_counts_for_nothing()
    {
        using var optimizer = Create<Optimizer>("OfOnes", [5]);
        float[] θ = new float[5];
        optimizer.Step(θ, [1, -2, 3, -4, 5]);
        optimizer.Step(θ, [1, 2, 3, 4, 5]);

        Assert.Equal([5.0, -6, 15, -6, 20, -20, 15, -20, 55], optimizer.Gram.ToRowMajor());
        Assert.Equal([-0.06f, -0.06f, -0.06f, -0.06f, -0.06f], θ);
        var unit = new float[5];
        optimizer.CopyUnit(3, unit);
        Assert.Equal([2f, 2, 2, 2, 2], unit);
    }

    [Fact]
    public void A_run_goes_on_from_a_checkpoint_with_the_same_bits_and_threads_change_none()
    {
        const int Length = 300_000;
        using var whole = Create<Optimizer>("Narrow", [Length], 1);
        using var before = Create<Optimizer>("Narrow", [Length], 2);
        using var after = Create<Optimizer>("Narrow", [Length], 3);
        float[] first = Values(0, -1, [Length]), second = [.. first];
        using var file = new MemoryStream();
        for (var t = 0; t < 12; t++)
        {
            var g = Values(0, t, [Length]);
            whole.Step(first, g);
            if (t == 6)
            {
                before.Save(file);
                file.Position = 0;
                after.Load(file);
            }
            (t < 6 ? before : after).Step(second, g);
        }

        Assert.Equal(first, second);
        Assert.Equal(whole.LawCoefficients.ToArray(), after.LawCoefficients.ToArray());
        Assert.StartsWith("direction = ", (string)Program.GetMethod("Law")!.Invoke(null, [after])!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_rule_is_refused()
    {
        using var optimizer = Create<Optimizer>("OfAdamMix", [3], LawTiming.Exact);
        using var other = Create<Optimizer>("OfRmsAndMomentum", [3], LawTiming.Exact);
        using var file = new MemoryStream();
        optimizer.Save(file);
        file.Position = 0;

        var fault = Assert.ThrowsAny<Exception>(() => other.Load(file));
        Assert.Contains("is of another memory: it holds 'units direction, gradient; kept direction, gradient, m, v; rule ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_leaves_no_trace()
    {
        using var optimizer = Create<Optimizer>("OfByHand", [20]);
        var θ = Values(0, -1, [20]);
        optimizer.Step(θ, Values(0, 0, [20]));
        float[] before = [.. θ], law = [.. optimizer.LawCoefficients.ToArray().Select(value => (float)value)], unit = new float[20], same = new float[20];
        optimizer.CopyUnit(0, unit);

        var g = Values(0, 1, [20]);
        g[19] = float.NaN;
        Assert.False(optimizer.Step(θ, g).Applied);

        optimizer.CopyUnit(0, same);
        Assert.Equal(before, θ);
        Assert.Equal(unit, same);
        Assert.Equal(law, optimizer.LawCoefficients.ToArray().Select(value => (float)value));
        Assert.Equal(1, optimizer.StepCount);
    }

    private static T Create<T>(string method, long[] lengths, params object[] arguments) =>
        (T)Program.GetMethod(method)!.Invoke(null, [lengths, .. arguments])!;

    // Of a tensor in a step; the parameters at the start are those of step −1.
    private static float[] Values(int tensor, int step, long[] lengths)
    {
        var random = new Random(1000 * tensor + step + 1);
        return [.. Enumerable.Range(0, (int)lengths[tensor]).Select(_ => (float)(random.NextDouble() - 0.3))];
    }

    private static double Distance(IEnumerable<float> actual, IEnumerable<double> expected)
    {
        var pairs = actual.Zip(expected).ToList();
        return Math.Sqrt(pairs.Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)) / Math.Max(1e-30, pairs.Sum(pair => pair.Second * pair.Second)));
    }
}
