namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC071Tests
{
    private const string Id = "RLLC071";

    [Theory]
    [InlineData("private partial void [|Remember|]<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;", "it must be static")]
    [InlineData("private static void [|Remember|]<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;", "it must be partial: the generator writes its declaration")]
    [InlineData("private static partial void [|Remember|]<T>(T g, out T unit) where T : struct, INumbers<T>;", "it has no body: the generator writes its declaration, you write what it does")]
    [InlineData("private static partial T [|Remember|]<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;", "it must return void")]
    [InlineData("private static partial void [|Remember|]<T>(T g, out T unit) where T : struct => unit = g;", "it must be generic in one T : struct, INumbers<T>")]
    [InlineData("private static partial void [|Remember|]<T, U>(T g, out T unit) where T : struct, INumbers<T> => unit = g;", "it must be generic in one T : struct, INumbers<T>")]
    [InlineData("private static partial void [|Remember|](float g, out float unit) => unit = g;", "it must be generic in one T : struct, INumbers<T>")]
    [InlineData("private static partial void [|Remember|]<T>(ref T g, out T unit) where T : struct, INumbers<T> => unit = g;", "its first parameter must be the gradient, a T")]
    [InlineData("private static partial void [|Remember|]<T>(T g, [Hidden] ref T m) where T : struct, INumbers<T> => m = g;", "it has no memory unit, an out or ref parameter that is not [Hidden]")]
    [InlineData("private static partial void Remember<T>(T g, out T unit, [|in T other|]) where T : struct, INumbers<T> => unit = g;", "'other' must be a T, a ref T or an out T")]
    [InlineData("private static partial void Remember<T>(T g, out T unit, [|float other|]) where T : struct, INumbers<T> => unit = g;", "'other' must be a T, a ref T or an out T")]
    [InlineData("private static partial void Remember<T>(T g, ref T unit, [|[Hidden] out T m|]) where T : struct, INumbers<T> => m = g;", "'m' must be ref: hidden state is made from its old value")]
    public Task A_method_of_another_shape_is_reported(string method, string reason) => RuleAssert.Reports(Id, $$"""
        [MemoryRule("Remember")]
        sealed partial class Declared
        {
            {{method}}
        }
        """, $"'Remember' cannot be a memory rule: {reason}");

    [Fact]
    public Task More_units_than_a_law_takes_are_reported() => RuleAssert.Reports(Id, $$"""
        [MemoryRule("Remember")]
        sealed partial class Declared
        {
            private static partial void [|Remember|]<T>(T g, {{string.Join(", ", Enumerable.Range(1, 17).Select(unit => $"ref T unit{unit}"))}}) where T : struct, INumbers<T>
            {
            }
        }
        """, "'Remember' cannot be a memory rule: it has 17 memory units, there can be 16");

    [Theory]
    [InlineData("")]
    [InlineData("private static partial void Remember<T>(")]
    [InlineData("private static partial void Remember<T>(T g, out T unit")]
    [InlineData("partial Remember")]
    public async Task Half_a_method_does_no_harm(string method) =>
        Assert.All(await RuleAssert.Analyze($"[MemoryRule(\"Remember\"), FixedLaw(1)] sealed partial class Declared {{ {method} }}"), diagnostic => Assert.StartsWith("RLLC07", diagnostic.Id, StringComparison.Ordinal));

    [Fact]
    public Task A_rule_that_is_declared_by_its_author_is_fine() => RuleAssert.ReportsNothing("""
        [MemoryRule("Remember")]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, out T unit) where T : struct, INumbers<T>;

            private static partial void Remember<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;
        }
        """);

    [Fact]
    public Task A_second_formula_is_reported() => RuleAssert.Reports("RLLC061", """
        [Adam, [|MemoryRule("Remember")|]]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;
        }
        """, "Class 'Declared' has [Adam] and [MemoryRule]: an optimizer steps by one of them");

    [Fact]
    public Task A_law_of_another_length_is_reported() => RuleAssert.Reports("RLLC030", """
        [MemoryRule("Remember"), FixedLaw([|1, 2|])]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;
        }
        """, "FixedLaw needs one coefficient per memory unit, 1 (unit), but has 2");
}
