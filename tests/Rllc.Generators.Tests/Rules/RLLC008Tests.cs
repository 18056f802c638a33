namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC008Tests
{
    private const string Id = "RLLC008";

    [Theory]
    [InlineData("[|class|]: M(0.9)", "Class")]
    [InlineData("[|ToString|]: M(0.9)", "MyToString")]
    [InlineData("[|a-b|]: M(0.9)", "a_b")]
    [InlineData("[|1st|]: M(0.9)", "_1st")]
    public Task Labels_that_cannot_be_a_property_are_reported(string spec, string? suggestion) => RuleAssert.ReportsSpec(Id, spec, suggestion);

    [Theory]
    [InlineData("slow: M(0.9)")]
    [InlineData("_1: M(0.9)")]
    [InlineData("määrä: M(0.9)")]
    [InlineData("record: M(0.9)")]
    public Task C_sharp_identifiers_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
