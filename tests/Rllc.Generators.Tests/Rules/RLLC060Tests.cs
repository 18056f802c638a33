namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC060Tests
{
    private const string Id = "RLLC060";

    [Theory]
    [InlineData("Beta1 = [|1|]", "Beta1 must be at least 0 and below 1, but is 1")]
    [InlineData("Beta1 = [|-0.1|], Beta2 = 0", "Beta1 must be at least 0 and below 1, but is -0.1")]
    [InlineData("Beta2 = [|1.5|]", "Beta2 must be at least 0 and below 1, but is 1.5")]
    [InlineData("Beta2 = [|double.NaN|]", "Beta2 must be at least 0 and below 1, but is NaN")]
    [InlineData("Epsilon = [|0|]", "Epsilon must be finite and above 0 in float32, but is 0")]
    [InlineData("Epsilon = [|-1e-8|]", "Epsilon must be finite and above 0 in float32, but is -1E-08")]
    [InlineData("Epsilon = [|double.PositiveInfinity|]", "Epsilon must be finite and above 0 in float32, but is Infinity")]
    [InlineData("Epsilon = [|1e-60|]", "Epsilon must be finite and above 0 in float32, but is 1E-60")]
    public async Task A_coefficient_out_of_range_is_reported(string arguments, string message)
    {
        foreach (var attribute in (string[])["Adam", "AdamW"])
            await RuleAssert.Reports(Id, $$"""
                [{{attribute}}({{arguments}})]
                sealed partial class MyAdam;
                """, message);
    }

    [Theory]
    [InlineData("Beta1 = 0, Beta2 = 0.99999, Epsilon = 1e-30")]
    [InlineData("Epsilon = 1")]
    [InlineData("")]
    public Task Everything_within_the_bounds_is_fine(string arguments) => RuleAssert.ReportsNothing($$"""
        [Adam({{arguments}})]
        sealed partial class MyAdam;
        """);
}
