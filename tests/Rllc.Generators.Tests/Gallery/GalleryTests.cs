extern alias generators;

using System.Reflection;
using generators::Rllc.Generators;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Gallery;

/// <summary>Holds the declarations on docs/gallery.md, as they stand there, to loops written from their sources.</summary>
public sealed class GalleryTests(GalleryTests.Declarations declarations) : IClassFixture<GalleryTests.Declarations>
{
    private const int Length = 37;
    private const int Steps = 60;
    private const double Rate = 0.05;
    private const string Rule = "[MemoryRule(nameof(R)), FixedLaw(1)] partial class X { private static partial void R<T>(T g, out T u, [Hidden] ref T v) where T : struct, INumbers<T> ";

    public static TheoryData<string> Names => [.. GalleryPage.Sections.Select(section => section.Name)];

    [Fact]
    public void Every_optimizer_of_the_page_has_a_textbook_loop_and_every_loop_is_on_the_page() =>
        Assert.Equal(Textbook.All.Keys, GalleryPage.Sections.Select(section => section.Name));

    [Fact]
    public void The_table_in_README_is_that_of_the_page() =>
        Assert.Contains($"\n\n{GalleryPage.Table}\n\n", File.ReadAllText(Path.Combine(TestProject.Folder, "../../README.md")), StringComparison.Ordinal);

    [Fact]
    public void Every_optimizer_of_another_page_has_its_place_there() => Assert.All(GalleryPage.Others, other =>
    {
        var (page, anchor) = (other.Link.Split('#')[0], other.Link.Split('#').ElementAtOrDefault(1));
        var headings = File.ReadLines(Path.Combine(TestProject.Folder, "../../docs", page)).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-'));
        Assert.True(anchor is null || headings.Contains(anchor), other.Link);
    });

    [Theory]
    [InlineData("Adam", "[Adam] partial class X;", "moved in a step: 7,")]
    [InlineData("AdamW", "[AdamW] partial class X;", "moved in a step: 7,")]
    [InlineData("Adam with critical momenta", "[Adam, CriticalMomenta] partial class X;", "moved in a step: 9, 12 where it makes an entry,\n/// and 1.2 more on average")]
    [InlineData("Adam with critical gradients", "[Adam, CriticalGradients] partial class X;", "moved in a step: 9, 12 where it makes an entry,\n/// and 1.2 more on average")]
    [InlineData("RMSprop", "[RmsProp] partial class X;", "moved in a step: 5,")]
    [InlineData("RMSprop with critical gradients", "[RmsProp, CriticalGradients] partial class X;", "moved in a step: 7, 10 where it makes an entry,\n/// and 1.2 more on average")]
    [InlineData("SGD with critical gradients", "[Sgd(Momentum = 0.9), CriticalGradients] partial class X;", "moved in a step: 7, 10 where it makes an entry,\n/// and 1.2 more on average")]
    [InlineData("Lion", Rule + "{ v = g; u = v; } }", "moved in a step: 5,")]
    public void What_another_page_tells_of_its_cost_is_what_is_generated(string title, string code, string cost)
    {
        var floats = GalleryPage.Others.Single(other => other.Title == title).Floats;
        var files = ConsumerProject.Of("using Rllc;\n" + code).Generate().Files;

        Assert.Contains(files.Values, file => file.Contains(cost, StringComparison.Ordinal));
        Assert.Equal(cost.Contains("12", StringComparison.Ordinal) ? "10.2 to 13.2" : cost.Contains("1.2", StringComparison.Ordinal) ? "8.2 to 11.2" : cost.Split(' ', ',')[4], floats);
    }

    [Fact]
    public void The_example_at_the_top_is_Nesterovs_gradient() => Assert.Equal(
        GalleryPage.Example.Replace("class Nesterov;", "class NesterovsGradient;", StringComparison.Ordinal),
        GalleryPage.Sections.Single(section => section.Name == "NesterovsGradient").Code);

    [Fact]
    public async Task No_declaration_of_the_page_breaks_a_rule_and_its_claims_are_proved() =>
        Assert.Empty(await ConsumerProject.Of("using Rllc;\n" + GalleryPage.Code).AnalyzeAsync(new PropagatorAnalyzer()));

    [Theory, MemberData(nameof(Names))]
    public void On_a_quadratic_it_is_where_the_textbook_is(string name) =>
        AssertAgrees(name, (p, _, θ) => (0.1 + 0.9 * p / Length) * (θ - 1));

    [Theory, MemberData(nameof(Names))]
    public void Under_random_gradients_it_is_where_the_textbook_is(string name)
    {
        var random = new Random(7);
        var gradients = Enumerable.Range(0, Steps * Length).Select(_ => (double)(float)(random.NextDouble() - 0.4)).ToArray();
        AssertAgrees(name, (p, step, _) => gradients[step * Length + p]);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_cost_is_what_the_page_says(string name)
    {
        using var optimizer = declarations.Create(name);
        var floats = GalleryPage.Sections.Single(section => section.Name == name).Floats;

        Assert.Equal(floats * sizeof(float), optimizer.LinearMemory.Cost.BytesMovedFixed);
        Assert.Equal(2 * optimizer.LinearMemory.UnitCount + 3, floats);
    }

    private void AssertAgrees(string name, Func<int, int, double, double> gradient)
    {
        using var optimizer = declarations.Create(name);
        optimizer.LearningRate = Rate;
        double[] expected = [.. Enumerable.Range(0, Length).Select(p => Math.Sin(p + 1) + 2)];
        float[] θ = [.. expected.Select(value => (float)value)];
        var textbook = expected.Select(start => Textbook.All[name](start, Rate)).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            optimizer.Step(θ, [.. θ.Select((value, p) => (float)gradient(p, step, value))]);
            for (var p = 0; p < Length; p++)
                expected[p] = textbook[p](gradient(p, step, expected[p]));
        }

        var difference = Math.Sqrt(expected.Zip(θ, (x, y) => (x - y) * (x - y)).Sum());
        var norm = Math.Sqrt(expected.Sum(x => x * x));
        Assert.True(difference <= 1e-6 * norm, FormattableString.Invariant($"{name} is off by {difference / norm}."));
        Assert.Equal(Steps, optimizer.StepCount);
    }

    /// <summary>The page's declarations, compiled together.</summary>
    public sealed class Declarations
    {
        private readonly Assembly _assembly =
            ConsumerProject.Of("using Rllc;\n" + GalleryPage.Code).Generate().Load();

        /// <summary>An optimizer with its declared options.</summary>
        public Optimizer Create(string name) => (Optimizer)Activator.CreateInstance(_assembly.GetType(name, throwOnError: true)!, (long)Length, null)!;
    }
}
