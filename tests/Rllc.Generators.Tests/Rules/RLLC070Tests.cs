namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC070Tests
{
    private const string Id = "RLLC070";

    [Theory]
    [InlineData("\"Remember\"")]
    [InlineData("\"\"")]
    [InlineData("null!")]
    public Task A_rule_that_is_not_there_is_reported(string name) => RuleAssert.Reports(Id, $"""
        [MemoryRule([|{name}|])]
        sealed partial class Declared;
        """);

    [Fact]
    public Task A_method_of_the_base_or_another_member_is_none() => RuleAssert.Reports(Id, """
        [MemoryRule([|nameof(Remember)|], Prepare = [|"ToString"|])]
        sealed partial class Declared
        {
            private const int Remember = 1;
        }
        """, "Class 'Declared' has no method 'Remember': [MemoryRule] names one that the class itself has", "Class 'Declared' has no method 'ToString': [MemoryRule] names one that the class itself has");

    [Fact]
    public Task Overloads_are_reported() => RuleAssert.Reports(Id, """
        [MemoryRule([|nameof(Remember)|])]
        sealed partial class Declared
        {
            private static partial void Remember<T>(T g, out T unit) where T : struct, INumbers<T> => unit = g;

            private static void Remember()
            {
            }
        }
        """, "Class 'Declared' has more than one method 'Remember': [MemoryRule] names one that the class itself has");
}
