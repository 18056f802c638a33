extern alias generators;

namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC061Tests
{
    private const string Id = "RLLC061";

    [Fact]
    public Task An_Adam_beside_a_linear_memory_is_reported() => RuleAssert.Reports(Id, """
        [[|Adam(Beta1 = 0.5)|], Propagator("M(0.9)")]
        sealed partial class Momentum;
        """, "Class 'Momentum' has [Propagator] and [Adam]: an optimizer steps by one of them");

    [Fact]
    public Task Two_kinds_of_Adam_are_reported() => RuleAssert.Reports(Id, """
        [Adam]
        sealed partial class MyAdam;

        [[|AdamW|]]
        sealed partial class MyAdam;
        """, "Class 'MyAdam' has [Adam] and [AdamW]: an optimizer steps by one of them");

    [Theory]
    [InlineData("Propagator(\"M(0.9)\"), Adam")]
    [InlineData("AdamW, Adam")]
    [InlineData("AdamW, Adam, Propagator(\"M(0.9)\")")]
    public async Task The_compiler_finds_nothing_else(string attributes)
    {
        var generated = RuleAssert.Project($$"""
            [{{attributes}}]
            sealed partial class Several;
            """).Generate();

        Assert.NotEmpty(generated.Files);
        Assert.Empty(generated.Diagnostics);
        Assert.All(await generated.AnalyzeAsync(new generators::Rllc.Generators.PropagatorAnalyzer()), diagnostic => Assert.Equal(Id, diagnostic.Id));
    }

    [Fact]
    public Task Several_propagators_are_one_memory() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)"), Propagator("M(0)")]
        sealed partial class MomentumMix;
        """);
}
