using Microsoft.CodeAnalysis;

namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC040Tests
{
    private const string Id = "RLLC040";

    [Theory]
    [InlineData("M(0.9) [|+|] M(0)", "+")]
    [InlineData("M(0.9)[|(+)|]M(0)", "(+)")]
    public Task A_plus_between_terms_is_told(string spec, string separator) => RuleAssert.Reports(Id, Declaration(spec), $"'{separator}' can be written as '⊕'");

    [Fact]
    public Task Every_one_of_them_is_told() => RuleAssert.Reports(Id, Declaration("slow: M(0.9) [|+|] fast: M(-0.6) ⊕ CM(0.1+0.9i) [|+|] M(0)"));

    [Fact]
    public async Task Nobody_but_an_editor_sees_it() =>
        Assert.Equal(DiagnosticSeverity.Hidden, Assert.Single(await RuleAssert.Analyze(Declaration("M(0.9) + M(0)"))).Severity);

    [Theory]
    [InlineData("M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) \\u2295 M(0)")]
    [InlineData("CM(0.3+0.2i)")]
    public async Task Other_separators_and_numbers_are_left_alone(string spec) => Assert.Empty(await RuleAssert.Analyze(Declaration(spec)));

    [Fact]
    public async Task Nothing_is_told_of_a_spec_with_an_error() =>
        Assert.Equal(["RLLC002"], (await RuleAssert.Analyze(Declaration("M(0.9) + X(0)"))).Select(diagnostic => diagnostic.Id));

    [Fact]
    public async Task Nothing_is_told_where_the_spec_is_no_literal() => Assert.Empty(await RuleAssert.Analyze("""
        [Propagator(Spec)]
        sealed partial class Declared
        {
            private const string Spec = "M(0.9) + M(0)";
        }
        """));

    private static string Declaration(string spec) => $"""
        [Propagator("{spec}")]
        sealed partial class Declared;
        """;
}
