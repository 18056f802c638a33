namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC050Tests
{
    private const string Id = "RLLC050";

    [Theory]
    [InlineData("new double[0]", 0)]
    [InlineData("new[] { 0.9, 0.1 }", 2)]
    [InlineData("[0.9, 0.1, 0.0, 0.8, 0.0]", 5)]
    [InlineData("null", 0)]
    public Task A_number_of_entries_that_is_no_square_is_reported(string B, int count) => RuleAssert.Reports(Id, $$"""
        [LinearMemory(B = [|{{B}}|], a = new[] { 1.0, 0.0 })]
        sealed partial class Mixed;
        """, $"B has {count} entries, which make no square matrix: it has k² of them, row by row");

    [Theory]
    [InlineData("new[] { 0.9 }", "new[] { 1.0 }")]
    [InlineData("[0.9, 0.1, 0, 0.8]", "[1, 0]")]
    [InlineData("(new double[] { 0.9, 0.1, 0, 0.8 })", "new double[] { 1, 0 }")]
    public Task Square_matrices_are_fine(string B, string a) => RuleAssert.ReportsNothing($$"""
        [LinearMemory(B = {{B}}, a = {{a}})]
        sealed partial class Mixed;
        """);

    [Fact]
    public Task What_the_compiler_reports_is_not_reported_again() => RuleAssert.ReportsNothing("""
        [LinearMemory(B = new[] { 0.9, Number })]
        sealed partial class Mixed { static double Number; }
        """);
}
