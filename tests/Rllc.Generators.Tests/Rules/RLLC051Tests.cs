namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC051Tests
{
    private const string Id = "RLLC051";

    [Theory]
    [InlineData("new[] { 1.0 }", 1)]
    [InlineData("new[] { 1.0, 0.0, 0.0 }", 3)]
    [InlineData("new double[] { }", 0)]
    public Task An_input_of_another_length_than_B_has_rows_is_reported(string a, int count) => RuleAssert.Reports(Id, $$"""
        [LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = [|{{a}}|])]
        sealed partial class Mixed;
        """, $"a needs 2 entries, one for each row of B, but has {count}");
}
