namespace Rllc.CodeFixes.Tests;

public sealed class SuggestionFixTests
{
    [Theory]
    [InlineData("{|RLLC002:N|}(0.9)", "M(0.9)")]
    [InlineData("{|RLLC010:M(0.3+0.2i)|}", "CM(0.3+0.2i)")]
    [InlineData("{|RLLC011:CM(0.9)|}", "M(0.9)")]
    [InlineData("M(0.9) {|RLLC040:+|} M(0)", "M(0.9) ⊕ M(0)")]
    [InlineData("M(0.9) {|RLLC040:(+)|} M(0)", "M(0.9) ⊕ M(0)")]
    [InlineData("{|RLLC010:M\\u0032(0.3+0.2i)|}", "CM2(0.3+0.2i)")]
    public Task What_is_suggested_replaces_the_characters_at_fault(string spec, string repaired) =>
        FixAssert.Fixes<SuggestionFix>(Declaration(spec), Declaration(repaired));

    [Fact]
    public Task All_of_a_file_are_replaced_at_once() => FixAssert.Fixes<SuggestionFix>(
        Declaration("M(0.9) {|RLLC040:+|} M(0) {|RLLC040:+|} M2(0.6)") + Declaration("M(0.9){|RLLC040:+|}M(0)", "Second"),
        Declaration("M(0.9) ⊕ M(0) ⊕ M2(0.6)") + Declaration("M(0.9)⊕M(0)", "Second"));

    [Fact]
    public Task A_delayed_step_is_told_not_to_skip() => FixAssert.Fixes<SuggestionFix>(
        """
        [Propagator("M(0.9)"), Hyperparameters(Timing = {|RLLC032:LawTiming.Delayed|})]
        sealed partial class Declared;
        """,
        """
        [Propagator("M(0.9)"), Hyperparameters(Timing = LawTiming.Delayed, SkipNonFinite = false)]
        sealed partial class Declared;
        """);

    [Fact]
    public Task Where_nothing_is_suggested_nothing_changes() =>
        FixAssert.Fixes<SuggestionFix>(Declaration("M({|RLLC012:1.1|})"), Declaration("M({|RLLC012:1.1|})"));

    private static string Declaration(string spec, string name = "Declared") => $"""
        [Propagator("{spec}")]
        sealed partial class {name};

        """;
}
