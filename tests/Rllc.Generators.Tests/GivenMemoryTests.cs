using System.Text.RegularExpressions;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

/// <summary>What is generated for a class whose memory is given by its matrices.</summary>
public sealed partial class GivenMemoryTests
{
    private const string Matrices = "B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = new[] { 1.0, 0.0 }";

    [Fact]
    public void The_optimizer_is_that_of_the_propagators()
    {
        var given = Generate($"[LinearMemory({Matrices})] internal sealed partial class Mixed;").Files;
        var declared = Generate("[Propagator(\"M(0.9) ⊕ M(0.8)\")] internal sealed partial class Mixed;").Files;

        Assert.Equal([.. declared.Keys, "Mixed.Given.g.cs"], given.Keys.OrderBy(name => name == "Mixed.Given.g.cs"));
        Assert.All(declared.Keys.Where(name => name != "Mixed.Memory.g.cs"), name => Assert.Equal(declared[name], given[name]));
        var members = declared["Mixed.Memory.g.cs"][declared["Mixed.Memory.g.cs"].IndexOf("partial class", StringComparison.Ordinal)..];
        Assert.EndsWith(members, given["Mixed.Memory.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_class_tells_the_given_matrices_and_what_they_are_reduced_to()
    {
        var header = Generate($"[LinearMemory({Matrices})] internal sealed partial class Mixed;").Files["Mixed.Memory.g.cs"];

        Assert.Contains("/// <summary>The optimizer of the memory M(0.9) ⊕ M(0.8).</summary>", header, StringComparison.Ordinal);
        Assert.Contains("""
            /// The same as the given memory, whose units are M·Q⁺:
            /// <code>
            /// B         a
            /// 0.9  0.1  1
            /// 0    0.8  0
            /// </code>
            """.ReplaceLineEndings("\n"), header, StringComparison.Ordinal);
    }

    [Fact]
    public void Laws_are_converted_both_ways()
    {
        var mixed = Generate($"[LinearMemory({Matrices})] internal sealed partial class Mixed;", """
            internal static class Program
            {
                public static double[] From(double[] law) => Mixed.FromGivenLaw(law);
                public static double[] To(double[] law) => Mixed.ToGivenLaw(law);
                public static double[][] Constants() => [Mixed.Q.ToArray(), Mixed.PseudoInverseOfQ.ToArray()];
            }
            """).Load().GetType("Program")!;
        double[] Convert(string way, params double[] law) => (double[])mixed.GetMethod(way)!.Invoke(null, [law])!;

        Assert.Equal([2.0, -3], Convert("From", -1, 3));
        Assert.Equal([-1.0, 3], Convert("To", 2, -3));
        Assert.Equal([[1, 1, 0, -1], [1, 1, 0, -1]], (double[][])mixed.GetMethod("Constants")!.Invoke(null, null)!);
        var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => Convert("From", 1)).InnerException;
        Assert.StartsWith("The law needs one coefficient per memory unit, 2, but has 1.", Assert.IsType<ArgumentException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_with_the_law_of_the_given_units_takes_their_steps()
    {
        var create = Generate($$"""
            [LinearMemory({{Matrices}})] internal sealed partial class Mixed;

            internal static class Program
            {
                public static Optimizer Create(int length, double[] law) =>
                    new Mixed(length, new() { LearningRate = 0.1, LawLearningRate = 0.05, Epsilon = 1e-3, InitialLaw = Mixed.FromGivenLaw(law) });
            }
            """).Load().GetType("Program")!.GetMethod("Create")!;
        double[] law = [0.5, -0.25];
        using var optimizer = (Optimizer)create.Invoke(null, [30, law])!;
        var given = new DynamicOptimizer<float>(
            new(SquareMatrix.FromRowMajor(2, [0.9, 0.1, 0, 0.8]), [1, 0]), 30, new() { LearningRate = 0.1, LawLearningRate = 0.05, Epsilon = 1e-3, InitialLaw = law });
        var random = new Random(1);
        var (parameters, expected) = (new float[30], new float[30]);
        for (var step = 0; step < 30; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, 30).Select(i => expected[i] + random.NextSingle() - 0.3f)];
            optimizer.Step(parameters, gradient);
            given.Step(expected, gradient);
        }

        Assert.All(parameters.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(parameters, parameter => Assert.NotEqual(0, parameter));
    }

    [Fact]
    public void Code_on_the_page_prints_what_the_page_says()
    {
        var page = File.ReadAllText(Path.Combine(Rules.RulePage.Root, "docs", "any-linear-memory.md")).ReplaceLineEndings("\n");
        var blocks = CodeBlock().Matches(page).Select(block => block.Groups["text"].Value).ToList();
        Assert.Equal(3, blocks.Count);
        var run = Generate(blocks[0].Replace("public", "internal", StringComparison.Ordinal), $$"""
            internal static class Page
            {
                public static void Run(System.IO.TextWriter output, int length)
                {
                    {{blocks[1].Replace("Console.", "output.", StringComparison.Ordinal)}}
                }
            }
            """).Load().GetType("Page")!.GetMethod("Run")!;
        var output = new StringWriter { NewLine = "\n" };

        run.Invoke(null, [output, 3]);

        Assert.Equal(blocks[2], output.ToString());
    }

    [Fact]
    public void Units_that_no_gradient_reaches_are_left_out()
    {
        var project = Generate("[LinearMemory(B = [0.9, 0.1, 0, 0.8], a = [1, 1])] internal sealed partial class Same;");

        Assert.Equal("M(0.9)", project.Load().GetType("Same")!.GetField("Spec")!.GetValue(null));
        Assert.Contains("M = M_given·Q: 2×1, row by row", project.Files["Same.Given.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B = new[] { 0.9, 0.1, 0.0 }, a = new[] { 1.0 }", "RLLC050")]
    [InlineData("B = new[] { 1.5 }, a = new[] { 1.0 }", "RLLC012")]
    [InlineData("B = new[] { double.NaN }, a = new[] { 1.0 }", "RLLC052")]
    public void A_class_with_an_error_compiles_and_throws_when_it_is_used(string matrices, string id)
    {
        var use = Generate($"[LinearMemory({matrices})] internal sealed partial class Broken;", """
            internal static class Program
            {
                public static double Main() =>
                    Broken.FromGivenLaw(Broken.ToGivenLaw([1]))[0] + Broken.Q[0] + Broken.PseudoInverseOfQ[0] + new Broken(3).Law.slow + Broken.Spec.Length;
            }
            """).Load().GetType("Program")!.GetMethod("Main")!;

        var exception = Assert.Throws<System.Reflection.TargetInvocationException>(() => use.Invoke(null, null));
        Assert.StartsWith(id, Assert.IsType<InvalidOperationException>(exception.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_a_namespace_and_hyperparameters_are_as_with_a_spec()
    {
        var files = Generate($$"""
            namespace Space
            {
                internal static partial class Outer
                {
                    [LinearMemory({{Matrices}})]
                    [Hyperparameters(LearningRate = 0.5)]
                    public sealed partial class Mixed : Optimizer;

                    [Propagator("M(0.9)")]
                    public sealed partial class MIXED;
                }
            }
            """);

        Assert.Contains("LearningRate = 0.5;", files.Files["Space.Outer.Mixed-2.Optimizer.g.cs"], StringComparison.Ordinal);
        Assert.NotNull(files.Load().GetType("Space.Outer+Mixed")!.GetMethod("ToGivenLaw"));
    }

    [Fact]
    public void An_optimizer_of_TorchSharps_parameters_converts_laws_too()
    {
        var project = ConsumerProject.Of($"[Rllc.LinearMemory({Matrices})] internal sealed partial class Mixed : Rllc.TorchOptimizer;")
            .Referencing(TorchReferences.Surface).Generate();

        Assert.Empty(project.Diagnostics);
        Assert.Equal(["Mixed.Cpu.g.cs", "Mixed.Given.g.cs", "Mixed.Memory.g.cs", "Mixed.Torch.g.cs"], project.Files.Keys.Order());
    }

    [Fact]
    public void A_propagator_beside_it_stands_for_the_class()
    {
        var project = Generate($"[LinearMemory({Matrices}), Propagator(\"M(0)\")] internal sealed partial class Both;");

        Assert.Equal("M(0)", project.Load().GetType("Both")!.GetField("Spec")!.GetValue(null));
        Assert.DoesNotContain("Both.Given.g.cs", project.Files.Keys);
    }

    [GeneratedRegex("```(csharp|text)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    private static GeneratedProject Generate(params string[] sources) => ConsumerProject.Of("using Rllc;\n" + string.Join("\n", sources)).Generate();
}
