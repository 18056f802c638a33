extern alias generators;

using generators::Rllc.Generators;
using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC035Tests
{
    private const string Id = "RLLC035";

    private const string Nesterov = """
        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(0.9, 1)]
        public sealed partial class Nesterov;
        """;

    [Fact]
    public Task The_first_weights_that_differ_are_named() => RuleAssert.Reports(Id, Nesterov + """

        [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(1, 0.9), EquivalentTo([|typeof(Nesterov)|])]
        sealed partial class Confused;
        """, "'Confused' is not equivalent to 'Nesterov': the weights of past gradients differ first at t = 1, 0.9 here and 0.81 there");

    [Theory]
    [InlineData("M(0.9)", "1.9", 1)]
    [InlineData("M(0)", "1.9", 1)]
    [InlineData("M3(0)", "1.9, 0.81, 0.729", 3)]
    [InlineData("M(0.9) ⊕ M2(0)", "0.9, 1, 1e-9", 1)]
    [InlineData("M(0.9) ⊕ M(0)", "0.9, 1.000000001", 0)]
    [InlineData("M(0.9001) ⊕ M(0)", "0.9, 1", 1)]
    public async Task Rules_that_differ_are_refuted_at_the_first_lag_that_tells_them_apart(string spec, string law, int lag)
    {
        var diagnostic = Assert.Single(await RuleAssert.Analyze($$"""
            {{Nesterov}}
            [Propagator("{{spec}}"), FixedLaw({{law}}), EquivalentTo(typeof(Nesterov))]
            sealed partial class Other;
            """));

        Assert.Equal(Id, diagnostic.Id);
        Assert.Contains(FormattableString.Invariant($"first at t = {lag}, "), diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)", "0.9, 1")]
    [InlineData("M(0) ⊕ M(0.9)", "1, 0.9")]
    [InlineData("M(0.9) ⊕ M(0)", "1 + 0.9 - 0.9 / 0.9, 0.9 / 0.9")]
    [InlineData("M2(0.9) ⊕ M(0)", "0.9, 0, 1")]
    [InlineData("M2(0) ⊕ M(0.9)", "1, 0, 0.9")]
    [InlineData("M(0.9) ⊕ M(0) ⊕ CM(0.3+0.2i) ⊕ M(0.5)", "0.9, 1, 0, 0, 0")]
    public Task Rules_that_are_equal_are_proved_equal_whatever_their_memories(string spec, string law) => RuleAssert.ReportsNothing($$"""
        {{Nesterov}}
        [Propagator("{{spec}}"), FixedLaw({{law}}), EquivalentTo(typeof(Nesterov)), EquivalentTo(typeof(Same))]
        sealed partial class Same;
        """);

    [Fact]
    public async Task The_other_optimizer_may_be_in_a_referenced_project()
    {
        using var image = new MemoryStream();
        Assert.True(RuleAssert.Project(Nesterov).Generate().Compilation.WithAssemblyName("Library").Emit(image).Success);
        var project = RuleAssert.Project("""
            [Propagator("M(0) ⊕ M(0.9)"), FixedLaw(1, 0.9), EquivalentTo(typeof(Nesterov))]
            sealed partial class Same;

            [Propagator("M(0.8)"), FixedLaw(1), EquivalentTo(typeof(Nesterov))]
            sealed partial class Other;
            """).Referencing([MetadataReference.CreateFromImage(image.ToArray())]);

        var diagnostic = Assert.Single(await project.AnalyzeAsync(new PropagatorAnalyzer()));
        Assert.Equal("'Other' is not equivalent to 'Nesterov': the weights of past gradients differ first at t = 0, 1 here and 1.9 there", diagnostic.GetMessage());
    }

    [Fact]
    public async Task A_declaration_with_an_error_of_its_own_is_not_compared()
    {
        var diagnostics = await RuleAssert.Analyze("""
            [Propagator("M(0.9) ⊕ M(0)"), FixedLaw(1)]
            sealed partial class TooShort;

            [Propagator("M(0.9)"), FixedLaw(1), EquivalentTo(typeof(TooShort)), EquivalentTo(typeof(Unknown))]
            sealed partial class Momentum;
            """);

        Assert.Equal("RLLC030", Assert.Single(diagnostics).Id);
    }
}
