namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC063Tests
{
    private const string Id = "RLLC063";

    [Theory]
    [InlineData("Capacity = [|-1|]", "Capacity must be 0 to 1024, but is -1")]
    [InlineData("Capacity = [|2000|], Decay = 1", "Capacity must be 0 to 1024, but is 2000")]
    [InlineData("Decay = [|0|]", "Decay must be above 0 and at most 1, but is 0")]
    [InlineData("Decay = [|1.1|]", "Decay must be above 0 and at most 1, but is 1.1")]
    [InlineData("Compatibility = [|(Compatibility)7|]", "Compatibility must be None or Reference, but is 7")]
    [InlineData("Decay = [|double.NaN|]", "Decay must be above 0 and at most 1, but is NaN")]
    public async Task A_buffer_out_of_range_is_reported(string arguments, string message)
    {
        foreach (var attribute in (string[])["CriticalMomenta", "CriticalGradients"])
            await RuleAssert.Reports(Id, $$"""
                [Adam, {{attribute}}({{arguments}})]
                sealed partial class AdamCM;
                """, message);
    }

    [Theory]
    [InlineData("Capacity = 0")]
    [InlineData("Capacity = 1024, Decay = 1")]
    [InlineData("Decay = 1e-3")]
    public Task Everything_within_the_bounds_is_fine(string arguments) => RuleAssert.ReportsNothing($$"""
        [AdamW, CriticalMomenta({{arguments}})]
        sealed partial class AdamCM;
        """);
}
