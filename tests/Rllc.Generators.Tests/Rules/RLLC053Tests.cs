namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC053Tests
{
    private const string Id = "RLLC053";

    [Fact]
    public Task An_input_of_zeros_is_reported() => RuleAssert.Reports(Id, """
        [LinearMemory(B = new[] { 0.9, 0.1, 0.0, 0.8 }, a = [|new[] { 0, -0.0 }|])]
        sealed partial class Mixed;
        """, "All entries of a are 0: no gradient enters the memory");
}
