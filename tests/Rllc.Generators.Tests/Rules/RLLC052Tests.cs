namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC052Tests
{
    private const string Id = "RLLC052";

    [Fact]
    public Task Every_entry_that_is_not_finite_is_reported() => RuleAssert.Reports(Id, """
        [LinearMemory(
            B = new[] { 0.9, [|double.NaN|], [|1 / 0.0|], 0.8 },
            a = [1, [|double.NegativeInfinity|]])]
        sealed partial class Mixed;
        """, "B[1] must be finite, but is NaN", "B[2] must be finite, but is Infinity", "a[1] must be finite, but is -Infinity");

    [Fact]
    public async Task Entries_are_checked_although_the_sizes_are_wrong() => Assert.Equal(
        ["RLLC050", "RLLC052"],
        (await RuleAssert.Analyze("[LinearMemory(B = [0, double.NaN], a = [1])] sealed partial class Mixed;")).Select(diagnostic => diagnostic.Id));
}
