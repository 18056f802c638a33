using Microsoft.CodeAnalysis;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class TorchTests
{
    private const string Use = """
        internal static class Program
        {
            public static Mix OfParameters(System.Collections.Generic.IEnumerable<TorchSharp.Modules.Parameter> parameters) => new(parameters);
            public static Mix OfNamed(System.Collections.Generic.IEnumerable<(string, TorchSharp.Modules.Parameter)> parameters) => new(parameters, new() { LearningRate = 0.01 });
            public static Mix OfGroups(TorchSharp.Modules.ParamGroup group) => new([group]);
            public static Rllc.TorchOptimizer Any(Mix mix) => mix;
            public static double First(Mix mix) => mix.Law.M_0_9 + mix.LawOf(1).M_0_9;
        }
        """;

    public static TheoryData<int> References => [.. Enumerable.Range(0, TorchReferences.All.Length)];

    [Theory, MemberData(nameof(References))]
    public void An_optimizer_is_made_of_parameters_named_parameters_or_groups(int references)
    {
        var project = Declare("M(0.9) ⊕ M(0)", Use).Referencing(TorchReferences.All[references]).Generate();

        Assert.Empty(project.Diagnostics);
        Assert.Equal(["Mix.Cpu.g.cs", "Mix.Memory.g.cs", "Mix.Torch.g.cs"], project.Files.Keys.Order());
    }

    [Theory]
    [InlineData("M(0.9) ⊕ N(0.5)")]
    [InlineData("M(1.5)")]
    [InlineData("")]
    public void Code_around_a_class_with_an_illegal_spec_compiles(string spec) => Assert.All(TorchReferences.All, references =>
        Assert.Empty(Declare(spec, Use).Referencing(references).Generate().Diagnostics));

    [Theory, MemberData(nameof(References))]
    public void Types_of_the_user_do_not_hide_those_of_the_host(int references)
    {
        var project = ConsumerProject.Of("""
            namespace Space;

            internal class System; internal class TorchSharp; internal class Rllc; internal class Parameter; internal class TorchOptimizer;

            [global::Rllc.Propagator("M(0.9) ⊕ M(0)")]
            internal sealed partial class Mix : global::Rllc.TorchOptimizer
            {
                internal class System; internal class TorchSharp; internal class Rllc; internal class Parameter; internal class Optimizer;
            }
            """).Referencing(TorchReferences.All[references]).Generate();

        Assert.Empty(project.Diagnostics);
        Assert.Equal(3, project.Files.Count);
    }

    [Theory, MemberData(nameof(References))]
    public void An_Adam_is_made_of_parameters_named_parameters_or_groups(int references)
    {
        var project = ConsumerProject.Of("[Rllc.Adam] internal sealed partial class MyAdam : Rllc.TorchMomentOptimizer;", """
            internal static class Program
            {
                public static MyAdam OfParameters(System.Collections.Generic.IEnumerable<TorchSharp.Modules.Parameter> parameters) => new(parameters);
                public static MyAdam OfNamed(System.Collections.Generic.IEnumerable<(string, TorchSharp.Modules.Parameter)> parameters) => new(parameters, new() { LearningRate = 0.01 });
                public static MyAdam OfGroups(TorchSharp.Modules.ParamGroup group) => new([group]);
                public static Rllc.TorchMomentOptimizer Any(MyAdam adam) => adam;
            }
            """).Referencing(TorchReferences.All[references]).Generate();

        Assert.Empty(project.Diagnostics);
        Assert.Equal(["MyAdam.Cpu.g.cs", "MyAdam.Torch.g.cs"], project.Files.Keys.Order());
    }

    [Fact]
    public void With_the_kernels_it_has_a_device_too()
    {
        var project = Declare("M(0.9)").Referencing(TorchReferences.Surface).Referencing(DeviceReferences.Surface).Generate();

        Assert.Empty(project.Diagnostics);
        Assert.Contains("Mix.Kernels.g.cs", project.Files.Keys);
        Assert.Contains("Mix.Device.g.cs", project.Files.Keys);
    }

    [Fact]
    public void The_host_is_part_of_the_declaration()
    {
        var before = Declare("M(0.9)").Referencing(TorchReferences.Surface);
        var other = before.With(compilation => compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees.First(), ConsumerProject.Parse("[Rllc.Propagator(\"M(0.9)\")] internal sealed partial class Mix;", "File0.cs")));

        var files = ConsumerProject.Driver().RunGenerators(before.Compilation).RunGenerators(other.Compilation).GetRunResult().Results.Single().GeneratedSources;
        Assert.Equal(["Mix.Cpu.g.cs", "Mix.Memory.g.cs", "Mix.Optimizer.g.cs"], files.Select(file => file.HintName).Order());
    }

    private static ConsumerProject Declare(string spec, params string[] others) =>
        ConsumerProject.Of([$"[Rllc.Propagator(\"{spec}\")] internal sealed partial class Mix : Rllc.TorchOptimizer;", .. others]);
}
