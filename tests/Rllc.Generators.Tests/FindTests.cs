using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class FindTests
{
    [Theory]
    [InlineData("[Propagator(\"M(0.9)\")] public class NotPartial;")]
    [InlineData("[Propagator(\"M(0.9)\")] public static partial class Static;")]
    [InlineData("[Propagator(\"M(0.9)\")] public partial class Generic<T>;")]
    [InlineData("[Propagator(\"M(0.9)\")] public partial record Record;")]
    [InlineData("[Propagator(\"M(0.9)\")] file partial class FileLocal;")]
    [InlineData("[Propagator(\"M(0.9)\")] public partial class OtherBase : System.Exception;")]
    [InlineData("[Propagator(\"M(0.9)\")] public partial class Torch : TorchOptimizer; public abstract class TorchOptimizer;")]
    [InlineData("public class NotPartial { [Propagator(\"M(0.9)\")] public partial class Inner; }")]
    [InlineData("public partial class Generic<T> { [Propagator(\"M(0.9)\")] public partial class Inner; }")]
    [InlineData("[Other.Propagator] public partial class Unrelated; namespace Other { class PropagatorAttribute : System.Attribute; }")]
    public void Nothing_is_generated_where_a_class_cannot_be_extended(string source) =>
        Assert.Empty(ConsumerProject.Of("using Rllc;\n" + source).Generate().Files);

    // As a merge of two branches may leave it.
    [Theory]
    [InlineData("Adam")]
    [InlineData("Sgd")]
    [InlineData("LinearMemory(B = new[] { 0.9 }, a = new[] { 1.0 })")]
    [InlineData("MemoryRule(\"Missing\")")]
    public void An_attribute_on_two_parts_of_a_class_is_the_compilers_to_report_and_stops_nothing_else(string attribute)
    {
        var project = ConsumerProject.Of(
            $"using Rllc;\n[{attribute}] public sealed partial class Twice;\n[Propagator(\"M(0.9)\")] public sealed partial class Other;",
            $"using Rllc;\n[{attribute}] public sealed partial class Twice;").Generate();
        Assert.Empty(project.GeneratorDiagnostics);
        Assert.Contains(project.Files.Keys, name => name.StartsWith("Other.", StringComparison.Ordinal));
        Assert.Equal(["CS0579"], project.Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).Distinct());
    }

    [Theory]
    [InlineData("M(0.9) ⊕ N(0.5)")]
    [InlineData("M(1.5)")]
    [InlineData("")]
    public void A_class_with_an_illegal_spec_compiles_and_throws_when_it_is_used(string spec)
    {
        var assembly = ConsumerProject.Of($$"""
            using Rllc;

            [Propagator("{{spec}}")]
            [Hyperparameters(LearningRate = 0.1)]
            internal sealed partial class Broken;

            internal static class Program
            {
                public static double Main(float[] θ, float[] g)
                {
                    using Optimizer optimizer = new Broken(θ.Length, new() { LawLearningRate = 0.1 });
                    optimizer.Step(θ, g);
                    return ((Broken)optimizer).Law.slow + Broken.B[0] + Broken.a[0] + Broken.S[0] + Broken.Spec.Length;
                }
            }
            """).Generate().Load();

        var exception = Assert.Throws<System.Reflection.TargetInvocationException>(() =>
            assembly.GetType("Program")!.GetMethod("Main")!.Invoke(null, [new float[2], new float[2]]));

        var error = Assert.IsType<InvalidOperationException>(exception.InnerException);
        Assert.StartsWith("RLLC0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_of_several_declarations_are_united_in_one_optimizer()
    {
        var project = ConsumerProject.Of(
            "using Rllc;\n[Propagator(\"M(0.9)\"), Propagator(\"fast: M(0.5)\")] internal sealed partial class Parts;",
            "[Rllc.Propagator(\"M(0)\")] partial class Parts;",
            "partial class Parts;").Generate();

        Assert.Equal("M(0.9) ⊕ fast: M(0.5) ⊕ M(0)", Constant(project, "Parts", "Spec"));
        Assert.Equal(3, project.Files.Count);
    }

    [Fact]
    public void Classes_of_one_name_are_told_apart_by_their_namespaces()
    {
        var project = ConsumerProject.Of("""
            using Rllc;

            [Propagator("M(0.9)")] internal sealed partial class Same;

            namespace One { [Propagator("M(0.8)")] internal sealed partial class Same; }
            namespace One.Two { [Propagator("M(0.7)")] internal sealed partial class Same; }
            """).Generate();

        Assert.Equal("M(0.9)", Constant(project, "Same", "Spec"));
        Assert.Equal("M(0.8)", Constant(project, "One.Same", "Spec"));
        Assert.Equal("M(0.7)", Constant(project, "One.Two.Same", "Spec"));
    }

    [Fact]
    public void Names_that_differ_in_case_only_get_files_of_their_own()
    {
        var project = ConsumerProject.Of("""
            using Rllc;

            namespace Space { [Propagator("M(0.9)")] internal sealed partial class Mix; [Propagator("M(0.8)")] internal sealed partial class MIX; }
            namespace space { [Propagator("M(0.7)")] internal sealed partial class Mix; }
            """).Generate();

        Assert.Contains("Space.MIX.Memory.g.cs", project.Files.Keys);
        Assert.Contains("Space.Mix-2.Memory.g.cs", project.Files.Keys);
        Assert.Contains("space.Mix-3.Memory.g.cs", project.Files.Keys);
        Assert.Equal("M(0.8)", Constant(project, "Space.MIX", "Spec"));
        Assert.Equal("M(0.9)", Constant(project, "Space.Mix", "Spec"));
        Assert.Equal("M(0.7)", Constant(project, "space.Mix", "Spec"));
    }

    [Theory]
    [InlineData("partial class Outer", "Outer")]
    [InlineData("abstract partial class Outer", "Outer")]
    [InlineData("static partial class @event", "event")]
    [InlineData("partial struct Outer", "Outer")]
    [InlineData("readonly ref partial struct Outer", "Outer")]
    [InlineData("partial interface IOuter", "IOuter")]
    [InlineData("partial record Outer", "Outer")]
    [InlineData("readonly partial record struct Outer", "Outer")]
    public void A_class_may_be_nested_in_every_kind_of_type(string outer, string name)
    {
        var project = ConsumerProject.Of($$"""
            namespace @namespace.record;

            internal {{outer}}
            {
                [Rllc.Propagator("M(0.9)")] internal sealed partial class @base;
            }
            """).Generate();

        Assert.Equal("M(0.9)", Constant(project, $"namespace.record.{name}+base", "Spec"));
    }

    [Fact]
    public void Types_of_the_user_do_not_hide_those_of_the_framework()
    {
        var project = ConsumerProject.Of("internal class Simd; internal class Vector; internal class LearningLaw; internal class Options;", """
            namespace Space;

            internal class System; internal class Rllc; internal class Vector; internal class Unsafe; internal class Simd; internal class LinearMemory;

            [global::Rllc.Propagator("M(0.9) ⊕ M(0)")]
            internal sealed partial class Mix
            {
                internal class System; internal class Rllc; internal class Vector; internal class Unsafe; internal class Simd; internal class OptimizerOptions;
                internal class M_0_9;
            }
            """).Generate();

        Assert.Equal("M(0.9) ⊕ M(0)", Constant(project, "Space.Mix", "Spec"));
    }

    private static object? Constant(GeneratedProject project, string type, string field) =>
        project.Load().GetType(type, throwOnError: true)!.GetField(field)!.GetValue(null);
}
