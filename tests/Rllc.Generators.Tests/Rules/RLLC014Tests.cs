namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC014Tests
{
    private const string Id = "RLLC014";

    [Theory]
    [InlineData("M(0.9) ⊕ [|M(0.9)|]")]
    [InlineData("M(0.9) ⊕ [|M2(0.90)|]")]
    [InlineData("CM(0.3+0.2i) ⊕ M(0) ⊕ [|CM(0.3-0.2i)|]")]
    [InlineData("M(0.9) ⊕ [|M(0.90000000001)|]")]
    public Task The_second_block_of_an_eigenvalue_is_reported(string spec) => RuleAssert.ReportsSpec(Id, spec);

    [Theory]
    [InlineData("M(0.9) ⊕ M(-0.9)")]
    [InlineData("CM(0.3+0.2i) ⊕ CM(-0.3+0.2i)")]
    public Task Different_eigenvalues_are_fine(string spec) => RuleAssert.AcceptsSpec(spec);
}
