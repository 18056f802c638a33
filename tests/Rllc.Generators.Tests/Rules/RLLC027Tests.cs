namespace Rllc.Generators.Tests.Rules;

public sealed class RLLC027Tests
{
    private const string Id = "RLLC027";

    [Fact]
    public Task The_torch_host_without_its_package_is_reported() => RuleAssert.Reports(Id, """
        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|TorchOptimizer|];
        """, "Class 'Momentum' derives from TorchOptimizer, but the package Rllc.Torch is not referenced");

    [Fact]
    public Task The_torch_host_of_Adam_without_its_package_is_reported() => RuleAssert.Reports(Id, """
        [AdamW]
        sealed partial class MyAdam : [|TorchMomentOptimizer|];
        """, "Class 'MyAdam' derives from TorchMomentOptimizer, but the package Rllc.Torch is not referenced");

    [Theory]
    [InlineData("Rllc.TorchOptimizer")]
    [InlineData("global::Rllc.TorchOptimizer")]
    public Task It_may_be_qualified(string host) => RuleAssert.Reports(Id, $$"""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : [|{{host}}|];
        """);

    [Fact]
    public Task With_the_package_a_wrong_namespace_is_left_to_the_compiler() => RuleAssert.ReportsNothing("""
        [Propagator("M(0.9)")]
        sealed partial class Momentum : Rllc.Torch.TorchOptimizer;

        namespace Rllc
        {
            public abstract class TorchOptimizer;
        }
        """);
}
