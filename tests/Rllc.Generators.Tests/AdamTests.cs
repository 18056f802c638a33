extern alias generators;

using generators::Rllc.Generators;
using Rllc.Generators.Tests.Harness;
using Rllc.Generators.Tests.Rules;
using Rllc.Runtime.Tests.Cpu.Adam;

namespace Rllc.Generators.Tests;

/// <summary>What is generated for classes with [Adam] or [AdamW].</summary>
public sealed class AdamTests
{
    private const string Source = """
        using Rllc;

        [Adam(Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3)]
        internal sealed partial class Own;

        [AdamW, Hyperparameters(LearningRate = 0.5, SkipNonFinite = true)]
        internal sealed partial class Decoupled : MomentOptimizer;

        [AdamW, Hyperparameters(WeightDecay = 0)]
        internal sealed partial class WithoutDecay;

        [Adam, CriticalMomenta(Capacity = 3, Decay = 0.5)]
        internal sealed partial class Momenta;

        [AdamW(Beta1 = 0.8), CriticalGradients]
        internal sealed partial class Gradients;

        [Adam, CriticalMomenta(Capacity = 0)]
        internal sealed partial class Empty;

        [Adam]
        internal sealed partial class Plain;

        [RmsProp]
        internal sealed partial class Rms;

        internal static class Program
        {
            public static Momenta OfMomenta(long[] lengths) => new(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static Gradients OfGradients(long[] lengths) => new(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static Empty OfEmpty(long[] lengths) => new(lengths);
            public static Plain OfPlain(long[] lengths) => new(lengths);
            public static Own OfOwn(long[] lengths) => new Own(lengths, new() { LearningRate = 0.01, WeightDecay = 0.1 });
            public static Decoupled OfDecoupled(long[] lengths) => new(lengths, new());
            public static Decoupled Flat(long[] lengths) => new Decoupled(lengths[0]);
        }
        """;

    private static readonly Type Program = ConsumerProject.Of(Source).Generate().Load().GetType("Program")!;

    [Fact]
    public void Kernels_are_the_formulas_with_the_declared_numbers()
    {
        const int Length = 3 * 4096 + 21;
        using var own = Create("OfOwn", 21, Length - 21);
        using var decoupled = Create("OfDecoupled", Length);
        var random = new Random(1);
        var parameters = Normal(Length, random);
        float[] first = [.. parameters], second = [.. parameters];
        double[] θ1 = [.. parameters], θ2 = [.. parameters], m1 = new double[Length], v1 = new double[Length], m2 = new double[Length], v2 = new double[Length];
        for (var t = 1; t <= 100; t++)
        {
            var g = Normal(Length, random);
            own.Step([first.AsMemory(0, 21), first.AsMemory(21)], [g.AsMemory(0, 21), g.AsMemory(21)]);
            decoupled.Step(second, g);
            for (var i = 0; i < Length; i++)
            {
                var penalized = g[i] + 0.1 * θ1[i];
                m1[i] = 0.8 * m1[i] + 0.2 * penalized;
                v1[i] = 0.95 * v1[i] + 0.05 * penalized * penalized;
                θ1[i] -= 0.01 * m1[i] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(v1[i] / (1 - Math.Pow(0.95, t))) + 1e-3);
                m2[i] = 0.9 * m2[i] + 0.1 * g[i];
                v2[i] = 0.999 * v2[i] + 0.001 * g[i] * g[i];
                θ2[i] = (1 - 0.5 * 0.01) * θ2[i] - 0.5 * m2[i] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v2[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }

        Assert.InRange(Distance(first, θ1), 0, 1e-6);
        Assert.InRange(Distance(second, θ2), 0, 1e-6);
    }

    [Theory]
    [InlineData("OfMomenta", CriticalKind.Momenta, 3, 0.5, false, 0.9)]
    [InlineData("OfGradients", CriticalKind.Gradients, 5, 0.7, true, 0.8)]
    public void Kernels_with_a_buffer_are_the_formulas_with_the_declared_numbers(string method, CriticalKind critical, int capacity, double decay, bool isDecoupled, double beta1)
    {
        const int Length = 4096 + 21;
        var formula = new MomentFormula
        {
            Beta1 = beta1, Beta2 = 0.999, Epsilon = 1e-8, IsDecoupled = isDecoupled, Critical = critical, Capacity = capacity, Decay = decay,
        };
        using var optimizer = Create(method, Length);
        var random = new Random(1);
        var parameters = Normal(Length, random);
        var reference = new CriticalReference(formula, parameters);
        for (var step = 0; step < 100; step++)
        {
            float[] gradient = [.. Normal(Length, random).Select(x => x * MathF.Pow(10, step * 7 % 5))];
            Assert.True(optimizer.Step(parameters, gradient).Applied);
            reference.Step([.. gradient.Select(x => (double)x)], Math.Sqrt(gradient.Sum(x => (double)x * x)), 0.01, 0.1);
        }

        Assert.InRange(Distance(parameters, reference.Parameters), 0, 2e-6);
        Assert.NotEqual(0, reference.Replaced);
        Assert.False(optimizer.Step(parameters, new float[Length].Select(_ => float.NaN).ToArray()).Applied);
    }

    [Fact]
    public void A_buffer_without_entries_leaves_Adam_as_it_is()
    {
        using var empty = Create("OfEmpty", 100);
        using var plain = Create("OfPlain", 100);
        float[] parameters = new float[100], expected = new float[100];
        for (var step = 0; step < 20; step++)
        {
            var gradient = Normal(100, new Random(step));
            empty.Step(parameters, gradient);
            Assert.Equal(double.NaN, plain.Step(expected, gradient).GradientNorm);
        }

        Assert.Equal(expected, parameters);
        Assert.True(empty.Step(parameters, new float[100]).Applied);
    }

    [Fact]
    public void Declared_hyperparameters_are_the_defaults()
    {
        using var optimizer = Create("Flat", 1);
        float[] parameters = [1];

        Assert.Equal(0.5, optimizer.LearningRate);
        Assert.False(optimizer.Step(parameters, [float.NaN]).Applied);
        Assert.Equal(0.01, ((MomentOptions)Activator.CreateInstance(Program.Assembly.GetType("Decoupled+Options")!)!).WeightDecay);
        Assert.Equal(0, ((MomentOptions)Activator.CreateInstance(Program.Assembly.GetType("WithoutDecay+Options")!)!).WeightDecay);
        Assert.Equal(new MomentOptions { LearningRate = 0.001, SkipNonFinite = false }, new MomentOptions());
    }

    [Fact]
    public void Coefficients_are_constants_of_the_class()
    {
        var own = Program.Assembly.GetType("Own")!;

        Assert.Equal([0.8, 0.95, 1e-3], ((string[])["Beta1", "Beta2", "Epsilon"]).Select(name => own.GetField(name)!.GetRawConstantValue()));
    }

    [Fact]
    public void The_names_of_generated_members_are_refused_for_the_class()
    {
        var compilation = ConsumerProject.Of(Source, "[Rllc.Adam] sealed partial class OfTorch : Rllc.TorchMomentOptimizer;")
            .Referencing(TorchReferences.Surface).Referencing(DeviceReferences.Surface).Generate().Compilation;
        var members = new[] { "Momenta", "OfTorch", "Rms" }.SelectMany(type => compilation.GetTypeByMetadataName(type)!.GetMembers());

        Assert.Equal(EmittedMembers.OfAdam.Order(), members.Where(member => member.CanBeReferencedByName).Select(member => member.Name).Distinct().Order());
    }

    [Fact]
    public async Task The_rules_of_classes_are_those_of_every_optimizer()
    {
        await RuleAssert.Reports("RLLC020", "[Adam] sealed class [|MyAdam|];");
        await RuleAssert.Reports("RLLC023", "[AdamW] sealed partial class MyAdam[|<T>|];");
        await RuleAssert.Reports("RLLC028", "[Adam] sealed partial class [|Formula|];");
    }

    [Fact]
    public void Classes_whose_names_differ_in_case_have_files_of_their_own()
    {
        var files = ConsumerProject.Of("""
            using Rllc;
            [Adam] internal sealed partial class mine;
            [AdamW] internal sealed partial class Mine;
            [Propagator("M(0.9)")] internal sealed partial class MINE;
            """).Generate().Files;

        Assert.Equal(7, files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Defaults_are_those_of_torch_and_of_the_paper()
    {
        Assert.Equal((0.9, 0.999, 1e-8), (new AdamAttribute().Beta1, new AdamAttribute().Beta2, new AdamAttribute().Epsilon));
        Assert.Equal((0.9, 0.999, 1e-8), (new AdamWAttribute().Beta1, new AdamWAttribute().Beta2, new AdamWAttribute().Epsilon));
        Assert.Equal((5, 0.7), (new CriticalMomentaAttribute().Capacity, new CriticalMomentaAttribute().Decay));
        Assert.Equal((5, 0.7), (new CriticalGradientsAttribute().Capacity, new CriticalGradientsAttribute().Decay));
    }

    private static MomentOptimizer Create(string method, params long[] lengths) => (MomentOptimizer)Program.GetMethod(method)!.Invoke(null, [lengths])!;

    private static float[] Normal(int length, Random random) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];

    private static double Distance(float[] x, double[] y) =>
        Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum() / y.Sum(b => b * b));
}
