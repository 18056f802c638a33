using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rllc.Generators.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

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
        AssertReasons(Source.Replace("[Propagator(\"M2", "/* the fast one */ [Propagator(\"M2"), Cached, Cached);

    [Fact]
    public void A_member_of_the_class_reruns_nothing() =>
        AssertReasons(Source.Replace("class First;", "class First { public int Seed => 1; }"), Cached, Cached);

    [Fact]
    public void A_spec_edit_reruns_its_class_alone() =>
        AssertReasons(Source.Replace("0.6", "0.5"), Cached, Modified);

    [Fact]
    public void A_hyperparameter_edit_reruns_its_class_alone() =>
        AssertReasons(Source.Replace("0.03", "0.02"), Cached, Modified);

    [Fact]
    public void A_renamed_class_is_another_one() =>
        AssertReasons(Source.Replace("First", "Primary"), Modified, Cached);

    [Fact]
    public void An_unrelated_type_reruns_nothing()
    {
        var before = ConsumerProject.Of(Source).Referencing(DeviceReferences.Surface).Compilation;
        var result = Rerun(before, before.AddSyntaxTrees(ConsumerProject.Parse("class Unrelated;", "Unrelated.cs")));

        Assert.All(["Find", "Plan", .. OutputSteps(result)], step => Assert.All(Reasons(result, step), reason => Assert.Equal(Cached, reason)));
        Assert.Equal([Unchanged], Reasons(result, "HasKernels"));
    }

    [Fact]
    public void A_reference_to_the_kernels_runs_what_is_for_devices_alone()
    {
        var before = ConsumerProject.Of(Source).Compilation;
        var result = Rerun(before, before.AddReferences(DeviceReferences.Surface));

        Assert.All(["Find", "Plan"], step => Assert.Equal([Cached, Cached], Reasons(result, step)));
        Assert.All(OutputSteps(result), step => Assert.Equal([Cached, Cached, Modified, Modified], Reasons(result, step)));
        Assert.Contains(result.GeneratedSources, file => file.HintName == "First.Kernels.g.cs");
    }

    [Fact]
    public void The_same_memory_written_in_another_way_prints_nothing_again()
    {
        var before = ConsumerProject.Of(Source).Referencing(DeviceReferences.Surface).Compilation;
        var result = Rerun(before, Edit(before, Source.Replace("M2(0.6)", "M_2 ( 0.6 )")));

        Assert.Equal([Cached, Modified], Reasons(result, "Find"));
        Assert.Equal([Cached, Unchanged], Reasons(result, "Plan"));
        Assert.All(OutputSteps(result), step => Assert.Equal([Cached, Cached, Cached, Cached], Reasons(result, step)));
    }

    [Fact]
    public void A_coefficient_of_an_Adam_reruns_its_class_alone()
    {
        const string adams = """
            using Rllc;

            [Adam(Beta1 = 0.9), CriticalMomenta(Capacity = 3)]
            public sealed partial class First;

            [Adam]
            public sealed partial class Second;
            """;
        foreach (var (old, @new) in new[] { ("0.9", "0.8"), ("= 3", "= 4") })
        {
            var before = ConsumerProject.Of(adams).Referencing(DeviceReferences.Surface).Compilation;
            var result = Rerun(before, Edit(before, adams.Replace(old, @new, StringComparison.Ordinal)));

            Assert.All(["Find", "Plan"], step => Assert.Equal([Modified, Cached], Reasons(result, step)));
            // The files that every consumer gets, then those for devices.
            Assert.All(OutputSteps(result), step => Assert.Equal([Modified, Cached, Modified, Cached], Reasons(result, step)));
        }
    }

    private static void AssertReasons(string edited, params IncrementalStepRunReason[] expected)
    {
        var before = ConsumerProject.Of(Source).Referencing(DeviceReferences.Surface).Compilation;
        var result = Rerun(before, Edit(before, edited));

        Assert.All(["Find", "Plan"], step => Assert.Equal(expected, Reasons(result, step)));
        // The files that every consumer gets, then those for devices.
        Assert.All(OutputSteps(result), step => Assert.Equal([.. expected, .. expected], Reasons(result, step)));
    }

    private static GeneratorRunResult Rerun(CSharpCompilation before, CSharpCompilation after) =>
        ConsumerProject.Driver().RunGenerators(before).RunGenerators(after).GetRunResult().Results.Single();

    private static CSharpCompilation Edit(CSharpCompilation compilation, string source)
    {
        var tree = compilation.SyntaxTrees.Single();
        return compilation.ReplaceSyntaxTree(tree, ConsumerProject.Parse(source, tree.FilePath));
    }

    private static IEnumerable<string> OutputSteps(GeneratorRunResult result) => result.TrackedOutputSteps.Keys;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);
}
