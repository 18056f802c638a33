namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC072Tests
{
    private const string Id = "RLLC072";

    [Fact]
    public Task A_number_without_a_method_that_prepares_it_is_reported() => RuleAssert.Reports(Id, """
        [MemoryRule("Remember")]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, [|T correction|], out T unit) where T : struct, INumbers<T> => unit = g * correction;
        }
        """, "No method prepares 'correction': name a method that does with Prepare = nameof(…), or make it a unit (out, ref)");

    [Fact]
    public Task A_number_of_another_name_is_reported() => RuleAssert.Reports(Id, """
        [MemoryRule("Remember", Prepare = "Prepare")]
        sealed partial class Declared
        {
            private static partial void Prepare(long t, out float first) => first = t;

            private static partial void Remember<T>(T g, T first, [|T second|], out T unit) where T : struct, INumbers<T> => unit = g * first * second;
        }
        """, "No method prepares 'second': 'Prepare' has no out float of this name");

    [Fact]
    public Task Numbers_that_are_prepared_are_fine_in_any_order() => RuleAssert.ReportsNothing("""
        [MemoryRule("Remember", Prepare = "Prepare")]
        sealed partial class Declared
        {
            private static partial void Prepare(long t, out float first, out float unused, out float second) => first = unused = second = t;

            private static partial void Remember<T>(T g, T second, out T unit, T first) where T : struct, INumbers<T> => unit = g * first * second;
        }
        """);
}
