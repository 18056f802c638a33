using System.Globalization;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class OptimizerTests
{
    private const string Source = """
        using Rllc;

        [Propagator("slow: M(0.99) ⊕ M(0)")]
        [Hyperparameters(LearningRate = 0.5, InitialLaw = new double[] { 0.25, -1.0 / 3 }, HoldCorrections = 5, Maximize = true,
            Timing = LawTiming.Delayed, SkipNonFinite = false, Epsilon = 1e-5, MaxGradientNorm = double.PositiveInfinity,
            MemoryFormat = MemoryFormat.BFloat16)]
        internal sealed partial class Mix;

        internal static class Program
        {
            public static Mix Default(int length) => new Mix(length);
            public static Mix OfTensors(long[] lengths) => new Mix(lengths);
            public static Mix WithOptions(int length) => new(length, new() { LearningRate = 0.03, LawLearningRate = 0.1 });
            public static double[] Law(Mix mix) => [mix.Law.slow, mix.Law.M_0];
            public static string Print(Mix mix) => mix.Law.ToString();
        }
        """;

    private static readonly Type Program = ConsumerProject.Of(Source).Generate().Load().GetType("Program")!;

    [Fact]
    public void Declared_hyperparameters_are_the_defaults()
    {
        using var optimizer = Run<Optimizer>("Default", 3);

        Assert.Equal(0.5, optimizer.LearningRate);
        Assert.Equal(0.003, optimizer.LawLearningRate);
        Assert.Equal([0.25, -1.0 / 3], optimizer.LawCoefficients.ToArray());
    }

    [Fact]
    public void Declared_hyperparameters_can_be_set_anew()
    {
        using var optimizer = Run<Optimizer>("WithOptions", 3);

        Assert.Equal(0.03, optimizer.LearningRate);
        Assert.Equal(0.1, optimizer.LawLearningRate);
        Assert.Equal([0.25, -1.0 / 3], optimizer.LawCoefficients.ToArray());
    }

    [Fact]
    public void Every_declared_hyperparameter_arrives()
    {
        var options = (OptimizerOptions)Activator.CreateInstance(Program.Assembly.GetType("Mix+Options")!)!;

        Assert.Equal(LawTiming.Delayed, options.Timing);
        Assert.Equal(5, options.HoldCorrections);
        Assert.Equal(1e-5, options.Epsilon);
        Assert.Equal(double.PositiveInfinity, options.MaxGradientNorm);
        Assert.True(options.Maximize);
        Assert.False(options.SkipNonFinite);
        Assert.Equal(MemoryFormat.BFloat16, options.MemoryFormat);
        Assert.Equal(1, options.LawInterval);
    }

    [Fact]
    public void A_declared_memory_format_is_that_of_the_memory()
    {
        using var optimizer = Run<Optimizer>("Default", 1);
        Assert.Equal(MemoryFormat.BFloat16, optimizer.MemoryFormat);
        optimizer.Step(new float[1], [1.00390625f + 0.0001f]);
        var newest = new float[1];
        optimizer.CopyUnit(1, newest);

        // Maximize stores −g, here the nearest of eight bits.
        Assert.Equal([-1.0078125f], newest);
    }

    [Fact]
    public void An_optimizer_of_several_tensors_steps_as_one_of_all_their_elements()
    {
        using var several = Run<Optimizer>("OfTensors", new long[] { 20, 0, 3 });
        using var flat = Run<Optimizer>("Default", 23);
        var (parameters, expected) = (new float[23], new float[23]);
        float[] gradient = [.. Enumerable.Range(1, 23).Select(i => 1f / i)];
        for (var step = 0; step < 5; step++)
        {
            several.Step([parameters.AsMemory(0, 20), default, parameters.AsMemory(20)], [gradient.AsMemory(0, 20), default, gradient.AsMemory(20)]);
            flat.Step(expected, gradient);
        }

        Assert.Equal([20L, 0, 3], several.Lengths);
        Assert.Equal(23, several.Length);
        Assert.Equal(5, several.StepCount);
        Assert.All(expected.Zip(parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.NotEqual(0, parameters[22]);
    }

    [Fact]
    public void The_typed_law_is_a_view_of_the_law()
    {
        using var optimizer = Run<Optimizer>("WithOptions", 1);
        float[] parameters = [0];
        for (var step = 0; step < 10; step++)
        {
            optimizer.Step(parameters, [1]);
            Assert.Equal(optimizer.LawCoefficients.ToArray(), Run<double[]>("Law", optimizer));
        }

        Assert.NotEqual(0.25, optimizer.LawCoefficients[0]);
    }

    [Fact]
    public void The_law_prints_names_and_values_in_every_culture()
    {
        using var optimizer = Run<Optimizer>("Default", 3);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");
            Assert.Equal("slow = 0.25, M_0 = -0.333333", Run<string>("Print", optimizer));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static T Run<T>(string method, object argument) => (T)Program.GetMethod(method)!.Invoke(null, [argument])!;
}
