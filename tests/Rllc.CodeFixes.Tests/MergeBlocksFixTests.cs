namespace Rllc.CodeFixes.Tests;

public sealed class MergeBlocksFixTests
{
    [Theory]
    [InlineData("M(0.9) ⊕ {|RLLC014:M(0.9)|}", "M2(0.9)")]
    [InlineData("M(0) ⊕ M(0.9) ⊕ M(0.5) ⊕ {|RLLC014:M2(0.90)|} ⊕ M(0.1)", "M(0) ⊕ M3(0.9) ⊕ M(0.5) ⊕ M(0.1)")]
    [InlineData("slow: M(0.9) ⊕ fast: {|RLLC014:M(0.9)|} ⊕ M(0)", "slow: M2(0.9) ⊕ M(0)")]
    [InlineData("CM(0.3+0.2i) \\u2295 {|RLLC014:CM(0.3-0.2i)|}", "CM2(0.3+0.2i)")]
    public Task Two_blocks_become_one(string spec, string repaired) =>
        FixAssert.Fixes<MergeBlocksFix>(Declaration(spec), Declaration(repaired));

    [Fact]
    public Task Three_blocks_become_one_in_one_go() => FixAssert.Fixes<MergeBlocksFix>(
        Declaration("M(0.9) ⊕ {|RLLC014:M(0.9)|} ⊕ {|RLLC014:M(0.9)|}"), Declaration("M3(0.9)"), steps: 1);

    [Fact]
    public Task Two_eigenvalues_are_merged_at_once() => FixAssert.Fixes<MergeBlocksFix>(
        Declaration("M(0.9) ⊕ M(0) ⊕ {|RLLC014:M(0.9)|} ⊕ {|RLLC014:M(0)|}"), Declaration("M2(0.9) ⊕ M2(0)"));

    [Fact]
    public Task Blocks_of_two_attributes_are_left_to_their_author()
    {
        const string Source = """
            [Propagator("M(0.9)"), Propagator("{|RLLC014:M(0.9)|}")]
            sealed partial class Declared;
            """;
        return FixAssert.Fixes<MergeBlocksFix>(Source, Source);
    }

    private static string Declaration(string spec) => $"""
        [Propagator("{spec}")]
        sealed partial class Declared;
        """;
}
