namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC057Tests
{
    private const string Id = "RLLC057";

    [Fact]
    public Task The_second_declaration_of_a_memory_is_reported() => RuleAssert.Reports(Id, """
        [[|LinearMemory(B = new[] { 0.9 }, a = new[] { 1.0 })|]]
        [Propagator("M(0.9)")]
        sealed partial class Mixed;
        """, "Class 'Mixed' has both [LinearMemory] and [Propagator]: only one of them can declare its memory");

    [Fact]
    public Task It_may_be_on_another_part() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        sealed partial class Mixed;

        [[|LinearMemory(B = new[] { 0.9 }, a = new[] { 1.0 })|]]
        sealed partial class Mixed;
        """);
}
