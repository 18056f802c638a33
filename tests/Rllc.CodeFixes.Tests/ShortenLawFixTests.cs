namespace Rllc.CodeFixes.Tests;

public sealed class ShortenLawFixTests
{
    [Theory]
    [InlineData("FixedLaw({|RLLC030:0.9, 1, 2|})", "FixedLaw(0.9, 1)")]
    [InlineData("FixedLaw({|RLLC030:new[] { 0.9, 1, 2, 3 }|})", "FixedLaw(new[] { 0.9, 1 })")]
    [InlineData("FixedLaw({|RLLC030:[0.9, 1, 2]|})", "FixedLaw([0.9, 1])")]
    [InlineData("Hyperparameters(InitialLaw = {|RLLC030:new double[] { 0.9, 1, 2 }|})", "Hyperparameters(InitialLaw = new double[] { 0.9, 1 })")]
    public Task The_coefficients_that_no_unit_has_go(string law, string repaired) =>
        FixAssert.Fixes<ShortenLawFix>(Declaration(law), Declaration(repaired));

    [Fact]
    public Task A_law_that_is_too_short_is_left_to_its_author() =>
        FixAssert.Fixes<ShortenLawFix>(Declaration("FixedLaw({|RLLC030:1|})"), Declaration("FixedLaw({|RLLC030:1|})"));

    [Fact]
    public Task All_of_a_file_are_shortened_at_once() => FixAssert.Fixes<ShortenLawFix>(
        Declaration("FixedLaw({|RLLC030:1, 2, 3|})") + Declaration("FixedLaw({|RLLC030:4, 5, 6|})", "Second"),
        Declaration("FixedLaw(1, 2)") + Declaration("FixedLaw(4, 5)", "Second"));

    private static string Declaration(string law, string name = "Declared") => $"""
        [Propagator("M(0.9) ⊕ M(0)"), {law}]
        sealed partial class {name};

        """;
}
