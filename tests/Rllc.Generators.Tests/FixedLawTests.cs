using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>What is generated for a class with [FixedLaw].</summary>
public sealed class FixedLawTests
{
    private const string Source = """
        using Rllc;

        [Propagator("slow: M(0.9)")]
        [FixedLaw(0.1 * 9, -1.0 / 3)]
        internal sealed partial class Fixed;

        [Propagator("M(0)")]
        internal sealed partial class Fixed;

        [Propagator("M(0.9)"), FixedLaw(1), Hyperparameters(SkipNonFinite = true, MaxGradientNorm = 2, LearningRate = 0.5)]
        internal sealed partial class Careful;

        internal static class Program
        {
            public static Fixed Default(int length) => new Fixed(length);
            public static Careful OfCareful(int length) => new Careful(length);
            public static Fixed Learning(int length) => new Fixed(length, new() { LawLearningRate = 0.1 });
            public static double[] Law(Fixed optimizer) => [optimizer.Law.slow, optimizer.Law.M_0];
        }
        """;

    private static readonly Type Program = ConsumerProject.Of(Source).Generate().Load().GetType("Program")!;

    [Fact]
    public void The_law_is_what_the_attribute_says_and_stays_that()
    {
        using var optimizer = Run<Optimizer>("Default", 1);
        float[] parameters = [0];
        for (var step = 0; step < 10; step++)
            Assert.Equal(double.NaN, optimizer.Step(parameters, [1]).GradientNorm);

        Assert.Equal([0.1 * 9, -1.0 / 3], optimizer.LawCoefficients.ToArray());
        Assert.Equal([0.1 * 9, -1.0 / 3], Run<double[]>("Law", optimizer));
        Assert.Equal(10, optimizer.StepCount);
    }

    [Fact]
    public void Hyperparameters_that_a_fixed_law_has_are_the_defaults()
    {
        using var optimizer = Run<Optimizer>("OfCareful", 1);
        float[] parameters = [1];

        Assert.False(optimizer.Step(parameters, [float.NaN]).Applied);
        Assert.Equal(0.5, optimizer.Step(parameters, [4]).ClipFactor, 1e-6);
        Assert.Equal(0, parameters[0], 1e-6);
    }

    [Fact]
    public void Options_of_a_law_that_learns_are_refused()
    {
        var exception = Assert.Throws<System.Reflection.TargetInvocationException>(() => Run<Optimizer>("Learning", 1)).InnerException;

        Assert.StartsWith("LawLearningRate is for a law that learns", Assert.IsType<ArgumentException>(exception).Message, StringComparison.Ordinal);
    }

    private static T Run<T>(string method, object argument) => (T)Program.GetMethod(method)!.Invoke(null, [argument])!;
}
