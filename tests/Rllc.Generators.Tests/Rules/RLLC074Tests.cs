namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC074Tests
{
    private const string Id = "RLLC074";

    [Theory]
    [InlineData("LearningLaw", "the law has a member of that name")]
    [InlineData("ToString", "the law has a member of that name")]
    [InlineData("@class", "it is a C# keyword")]
    public Task A_unit_with_a_name_that_the_law_has_is_reported(string name, string reason) => RuleAssert.Reports(Id, $$"""
        [MemoryRule("Remember")]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, [|out T {{name}}|]) where T : struct, INumbers<T> => {{name}} = g;
        }
        """, $"'{name.TrimStart('@')}' cannot be the name of a unit: {reason}");

    [Fact]
    public Task Hidden_state_may_have_any_name() => RuleAssert.ReportsNothing("""
        [MemoryRule("Remember")]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, out T unit, [Hidden] ref T LearningLaw, [Hidden] ref T @class) where T : struct, INumbers<T> => unit = g;
        }
        """);
}
