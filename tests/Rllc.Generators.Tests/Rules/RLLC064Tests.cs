extern alias generators;

using Rllc.Generators.Tests.Harness;

namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC064Tests
{
    private const string Id = "RLLC064";

    [Theory]
    [InlineData("Optimizer")]
    [InlineData("Model")]
    [InlineData("TensorOptimizer")]
    public Task A_base_that_does_not_step_by_Adam_is_reported(string host) => RuleAssert.Reports(Id, $$"""
        class Model;

        [Adam]
        sealed partial class MyAdam : [|{{host}}|];
        """, $"Class 'MyAdam' has [Adam] and cannot derive from '{host}': leave the base out, or derive from MomentOptimizer or TorchMomentOptimizer");

    [Fact]
    public async Task Laws_of_TorchSharp_parameters_are_refused_whether_their_package_is_referenced_or_not()
    {
        foreach (var project in new[] { RuleAssert.Project(Source), RuleAssert.Project(Source).Referencing(TorchReferences.Surface) })
        {
            var diagnostic = Assert.Single(await project.AnalyzeAsync(new generators::Rllc.Generators.PropagatorAnalyzer()));
            Assert.Equal(Id, diagnostic.Id);
            Assert.Equal("Class 'MyAdam' has [AdamW] and cannot derive from 'TorchOptimizer': leave the base out, or derive from MomentOptimizer or TorchMomentOptimizer", diagnostic.GetMessage(null));
        }
    }

    [Theory]
    [InlineData("MomentOptimizer")]
    [InlineData("TorchMomentOptimizer")]
    [InlineData("MomentOptimizer, System.ICloneable")]
    [InlineData("System.ICloneable")]
    public Task The_host_and_interfaces_may_be_written(string bases) => RuleAssert.ReportsNothing($$"""
        [Adam]
        sealed partial class MyAdam : {{bases}}
        {
            public object Clone() => this;
        }

        namespace Rllc
        {
            public abstract class TorchMomentOptimizer;
        }
        """);

    private const string Source = """
        [AdamW]
        sealed partial class MyAdam : TorchOptimizer;
        """;
}
