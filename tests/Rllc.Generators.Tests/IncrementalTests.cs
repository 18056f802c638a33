using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests;

public sealed class IncrementalTests
{
    private const string Source = """
        using Rllc;

        [Propagator("M(0.9)")]
        public sealed partial class First;

        [Propagator("M2(0.6)")]
        [Hyperparameters(LearningRate = 0.03)]
        public sealed partial class Second;
        """;

    [Fact]
    public void A_comment_edit_reruns_nothing() =>
        AssertReasons(Source.Replace("[Propagator(\"M2", "/* the fast one */ [Propagator(\"M2"), IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged);

    [Fact]
    public void A_member_of_the_class_reruns_nothing() =>
        AssertReasons(Source.Replace("class First;", "class First { public int Seed => 1; }"), IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged);

    [Fact]
    public void A_spec_edit_reruns_its_class_alone() =>
        AssertReasons(Source.Replace("0.6", "0.5"), IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified);

    [Fact]
    public void A_hyperparameter_edit_reruns_its_class_alone() =>
        AssertReasons(Source.Replace("0.03", "0.02"), IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified);

    [Fact]
    public void A_renamed_class_is_another_one() =>
        AssertReasons(Source.Replace("First", "Primary"), IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged);

    [Fact]
    public void An_unrelated_type_reruns_nothing()
    {
        var project = ConsumerProject.Of(Source);
        var result = Rerun(project.Compilation, project.Compilation.AddSyntaxTrees(ConsumerProject.Parse("class Unrelated;", "Unrelated.cs")));

        Assert.All(Reasons(result, "Find"), reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason));
        Assert.All(Reasons(result, "Plan"), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void The_same_plan_written_in_another_way_prints_nothing_again()
    {
        var project = ConsumerProject.Of(Source);
        var result = Rerun(project.Compilation, Edit(project.Compilation, Source.Replace("M2(0.6)", "M_2( .6 )").Replace("0.03", "3e-2").Replace("M(0.9)", " M ( 0.9 )")));

        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], Reasons(result, "Plan"));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], OutputReasons(result));
    }

    private static void AssertReasons(string edited, params IncrementalStepRunReason[] find)
    {
        var project = ConsumerProject.Of(Source);
        var result = Rerun(project.Compilation, Edit(project.Compilation, edited));

        var downstream = find.Select(reason => reason == IncrementalStepRunReason.Unchanged ? IncrementalStepRunReason.Cached : reason);
        Assert.Equal(find, Reasons(result, "Find"));
        Assert.Equal(downstream, Reasons(result, "Plan"));
        Assert.Equal(downstream, OutputReasons(result));
    }

    private static GeneratorRunResult Rerun(CSharpCompilation before, CSharpCompilation after) =>
        ConsumerProject.Driver().RunGenerators(before).RunGenerators(after).GetRunResult().Results.Single();

    private static CSharpCompilation Edit(CSharpCompilation compilation, string source)
    {
        var tree = compilation.SyntaxTrees.Single();
        return compilation.ReplaceSyntaxTree(tree, ConsumerProject.Parse(source, tree.FilePath));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.Values.SelectMany(runs => runs).SelectMany(run => run.Outputs).Select(output => output.Reason);
}
