namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC056Tests
{
    private const string Id = "RLLC056";

    [Fact]
    public Task A_memory_whose_units_are_lost_in_rounding_is_reported() => RuleAssert.Reports(Id, """
        [LinearMemory(B = [|new[] { 0.5, 1e150, 0, 1e-170, 0.4, 1e160, 1e-140, 1e-160, 0.3 }|], a = new[] { 1.0, 0, 0 })]
        sealed partial class Mixed;
        """);
}
