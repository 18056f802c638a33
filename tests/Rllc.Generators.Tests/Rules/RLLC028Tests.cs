extern alias generators;

using generators::Rllc.Generators;
using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC028Tests
{
    private const string Id = "RLLC028";

    public static TheoryData<string> Names => [.. EmittedMembers.OfLinearMemory];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_class_with_the_name_of_a_generated_member_is_reported(string name) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9)")]
        sealed partial class [|{{name}}|];
        """, $"Class '{name}' cannot have this name: a member '{name}' is generated into it");

    [Fact]
    public void The_names_are_those_of_all_generated_members()
    {
        var compilation = ConsumerProject.Of("""
            [Rllc.Propagator("M(0.9)")] sealed partial class Momentum;
            [Rllc.Propagator("M(0.9)")] sealed partial class OfTorch : Rllc.TorchOptimizer;
            [Rllc.LinearMemory(B = new[] { 0.9 }, a = new[] { 1.0 })] sealed partial class Given;
            """).Referencing(DeviceReferences.Surface).Referencing(TorchReferences.Surface).Generate().Compilation;
        var members = new[] { "Momentum", "OfTorch", "Given" }
            .SelectMany(type => compilation.GetTypeByMetadataName(type)!.GetMembers())
            .Where(member => member.CanBeReferencedByName);

        Assert.Equal(EmittedMembers.OfLinearMemory.Order(), members.Select(member => member.Name).Distinct().Order());
    }

    [Fact]
    public Task Names_that_differ_in_case_are_fine() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        sealed partial class law;
        """);
}
