namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC073Tests
{
    private const string Id = "RLLC073";

    [Theory]
    [InlineData("private static partial void [|Prepare|](int t, out float x) => x = t;", "its first parameter must be the number of the step, a long")]
    [InlineData("private static partial void [|Prepare|](out float x) => x = 1;", "its first parameter must be the number of the step, a long")]
    [InlineData("private static partial void [|Prepare|]() { }", "its first parameter must be the number of the step, a long")]
    [InlineData("private static partial void [|Prepare|]<T>(long t, out float x) => x = t;", "it must not be generic")]
    [InlineData("private static void [|Prepare|](long t, out float x) => x = t;", "it must be partial: the generator writes its declaration")]
    [InlineData("private static partial void Prepare(long t, [|out double x|]) => x = t;", "'x' must be an out float")]
    [InlineData("private static partial void Prepare(long t, [|float x|]) { }", "'x' must be an out float")]
    public Task A_method_of_another_shape_is_reported(string method, string reason) => RuleAssert.Reports(Id, $$"""
        [MemoryRule("Remember", Prepare = "Prepare")]
        sealed partial class Declared
        {
            {{method}}

            private static partial void Remember<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;
        }
        """, $"'Prepare' cannot prepare a step: {reason}");
}
